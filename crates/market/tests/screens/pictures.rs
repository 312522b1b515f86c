//! Pictures: stored in two sizes, in the maker's order, hers alone to change.

use image::{DynamicImage, ImageFormat};
use market::{Error, Refusal, picture, product, store};
use model::{PageRequest, Picture, PictureId, limits};
use std::io::Cursor;
use trial::both_engines;
use trial::world::{Product, Store, World};

both_engines!(
    every_accepted_kind_is_stored_in_two_sizes,
    what_is_no_picture_is_refused_and_leaves_nothing,
    a_maker_orders_describes_and_removes_her_pictures,
    eight_pictures_fit_even_when_they_come_at_once,
    pictures_of_others_are_unknown,
    a_stores_card_shows_three_of_its_pictures,
    only_names_of_pictures_lead_to_files,
);

/// A picture's file as a maker might upload it.
fn upload(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

async fn add(world: &World, maker: &Store, product: &Product, alt: &str) -> Picture {
    let bytes = upload(300, 200, ImageFormat::Png);
    picture::add(&world.market, maker.owner, product.id, bytes, alt.into())
        .await
        .unwrap()
}

async fn alts(world: &World, maker: &Store, product: &Product) -> Vec<String> {
    let pictures = product::form(&world.market, maker.owner, product.id)
        .await
        .unwrap()
        .pictures;
    pictures.into_iter().map(|picture| picture.alt).collect()
}

/// How many files lie in the folder of pictures.
fn stored(world: &World) -> usize {
    world.picture_files()
}

async fn every_accepted_kind_is_stored_in_two_sizes(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 1_200, 1).await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let bytes = upload(1_600, 800, format);
        let picture = picture::add(&world.market, maker.owner, mug.id, bytes, "A mug".into())
            .await
            .unwrap();
        for (address, width) in [(picture.large(), 1_200), (picture.small(), 480)] {
            let name = address.strip_prefix("/pictures/").unwrap();
            let file = picture::file(&world.market, name).here().unwrap();
            assert_eq!(
                image::image_dimensions(file).unwrap(),
                (width, width / 2),
                "{format:?}"
            );
        }
    }
    assert_eq!(stored(&world), 6, "nothing half-written stays");
}

async fn what_is_no_picture_is_refused_and_leaves_nothing(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 1_200, 1).await;
    for bytes in [
        b"hello".to_vec(),
        upload(150, 600, ImageFormat::Png),
        Vec::new(),
    ] {
        let refused = picture::add(&world.market, maker.owner, mug.id, bytes, String::new()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Picture(_)))));
    }
    let bytes = upload(300, 300, ImageFormat::Png);
    let wordy = picture::add(
        &world.market,
        maker.owner,
        mug.id,
        bytes,
        "x".repeat(limits::ALT + 1),
    )
    .await;
    assert!(matches!(wordy, Err(Error::Invalid(wrong)) if wrong[0].field == "alt"));
    assert_eq!(
        (stored(&world), alts(&world, &maker, &mug).await.len()),
        (0, 0)
    );
}

async fn a_maker_orders_describes_and_removes_her_pictures(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 1_200, 1).await;
    add(&world, &maker, &mug, "front").await;
    let side = add(&world, &maker, &mug, "side").await;
    let back = add(&world, &maker, &mug, "back").await;

    for _ in 0..2 {
        picture::move_first(&world.market, maker.owner, back.id)
            .await
            .unwrap();
    }
    picture::describe(&world.market, maker.owner, side.id, ("side", "the side"))
        .await
        .unwrap();
    assert_eq!(
        alts(&world, &maker, &mug).await,
        ["back", "front", "the side"]
    );
    let card = product::card(&world.market, mug.id, None).await.unwrap();
    assert_eq!(card.picture, Some(back.clone()));

    picture::remove(&world.market, maker.owner, back.id)
        .await
        .unwrap();
    assert_eq!(
        (alts(&world, &maker, &mug).await, stored(&world)),
        (vec!["front".into(), "the side".into()], 4)
    );
    let gone = picture::remove(&world.market, maker.owner, back.id).await;
    assert!(matches!(gone, Err(Error::NotFound("picture"))));
}

async fn eight_pictures_fit_even_when_they_come_at_once(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 1_200, 1).await;
    for number in 1..limits::PICTURES {
        add(&world, &maker, &mug, &number.to_string()).await;
    }
    let last = |alt: &str| {
        let bytes = upload(200, 200, ImageFormat::Png);
        picture::add(&world.market, maker.owner, mug.id, bytes, alt.to_owned())
    };
    let (one, other) = tokio::join!(last("one"), last("other"));
    let refused = [&one, &other]
        .into_iter()
        .filter(|r| matches!(r, Err(Error::Refused(Refusal::PicturesFull))));
    assert_eq!(refused.count(), 1, "{one:?} {other:?}");
    assert_eq!(
        (alts(&world, &maker, &mug).await.len(), stored(&world)),
        (8, 16)
    );
}

async fn pictures_of_others_are_unknown(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let other = world.store("Corner Books").await;
    let mug = world.product(&maker, "Mug", 1_200, 1).await;
    let picture = add(&world, &maker, &mug, "front").await;

    let bytes = upload(300, 300, ImageFormat::Png);
    let added = picture::add(&world.market, other.owner, mug.id, bytes, String::new()).await;
    assert!(matches!(added, Err(Error::NotFound("product"))));
    for id in [picture.id, PictureId(999)] {
        for answer in [
            picture::move_first(&world.market, other.owner, id).await,
            picture::describe(&world.market, other.owner, id, ("", "mine")).await,
            picture::remove(&world.market, other.owner, id).await,
        ] {
            assert!(matches!(answer, Err(Error::NotFound("picture"))));
        }
    }
    assert_eq!(
        (alts(&world, &maker, &mug).await, stored(&world)),
        (vec!["front".to_owned()], 2)
    );
}

async fn a_stores_card_shows_three_of_its_pictures(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    add(&world, &maker, &mug, "carried").await;
    world
        .product(&reseller, "Without a picture", 2_000, 3)
        .await;
    for title in ["one", "two", "three"] {
        let own = world.product(&reseller, title, 2_000, 3).await;
        add(&world, &reseller, &own, title).await;
        if title == "one" {
            let shown = pictures_of(&world, &reseller).await;
            assert_eq!(shown, ["one", "carried"], "its own before others'");
        }
    }
    assert_eq!(
        pictures_of(&world, &reseller).await,
        ["three", "two", "one"]
    );
    assert_eq!(pictures_of(&world, &maker).await, ["carried"]);
}

async fn pictures_of(world: &World, store: &Store) -> Vec<String> {
    let stores = store::all(&world.market, PageRequest::FIRST)
        .await
        .unwrap()
        .rows;
    let card = stores
        .into_iter()
        .find(|card| card.slug == store.slug)
        .unwrap();
    card.pictures
        .into_iter()
        .map(|picture| picture.alt)
        .collect()
}

async fn only_names_of_pictures_lead_to_files(world: World) {
    let key = "a2b3c4d5e6f7g8h9j2k3m4n5";
    assert!(
        picture::file(&world.market, &format!("{key}-1200.jpg"))
            .here()
            .is_some()
    );
    for name in [
        "",
        "../market.db",
        key,
        "a2b3-480.jpg",
        &format!("{key}-480.png"),
        &format!("{key}-480.jpg/.."),
        &format!("{}-480.jpg", key.to_uppercase()),
        &format!("../{}-480.jpg", &key[3..]),
        &format!("{key}-480.part"),
    ] {
        assert_eq!(
            picture::file(&world.market, name),
            picture::Lies::Nowhere,
            "{name}"
        );
    }
}
