# The market as it is deployed. docs/deployment.md says how it is run.

FROM rust:1-trixie AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo xtask build \
    && cp target/release/shelfshare /shelfshare

FROM debian:trixie-slim
# Links lead to other shops, whose certificates are checked.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/shelfshare --create-home shelfshare
COPY --from=build /shelfshare /usr/local/bin/shelfshare
ENV SHELFSHARE_LISTEN=0.0.0.0:3000
USER shelfshare
# An SQLite file and pictures go to `data` in here, and `shelfshare.toml` is looked for here, if nothing says otherwise.
WORKDIR /var/lib/shelfshare
VOLUME /var/lib/shelfshare
EXPOSE 3000
ENTRYPOINT ["shelfshare"]
CMD ["serve"]
