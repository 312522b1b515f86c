use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};
use std::path::PathBuf;

/// What to pack, and where to.
pub struct Options {
    /// The compiled module.
    pub wasm: PathBuf,
    /// The folder of the finished stylesheets: what every page loads, and one for each part.
    pub style: PathBuf,
    /// Files that are served as they are.
    pub public: PathBuf,
    /// The folder to make.
    pub site: PathBuf,
    /// What scripts and module are called.
    pub name: String,
    /// Puts the files into a folder named by their content, and a list of them into the site, as the server reads it.
    pub hashed: bool,
    /// Makes the module smaller by this program.
    pub wasm_opt: Option<PathBuf>,
    /// Makes the scripts smaller by this program.
    pub minifier: Option<PathBuf>,
    /// Adds compressed copies.
    pub compress: bool,
    /// Writes the site as one file, too, for the server to carry.
    pub archive: Option<PathBuf>,
}

impl Options {
    pub fn from_arguments() -> Result<Self> {
        let (mut wasm, mut style, mut public, mut site, mut name) = (None, None, None, None, None);
        let (mut wasm_opt, mut minifier, mut archive) = (None, None, None);
        let (mut hashed, mut compress) = (false, false);
        let mut arguments = Parser::from_env();
        while let Some(argument) = arguments.next()? {
            let Arg::Long(option) = argument else {
                return Err(argument.unexpected().into());
            };
            match option {
                "wasm" => wasm = Some(arguments.value()?.into()),
                "style" => style = Some(arguments.value()?.into()),
                "public" => public = Some(arguments.value()?.into()),
                "site" => site = Some(arguments.value()?.into()),
                "name" => name = Some(arguments.value()?.string()?),
                "hashed" => hashed = true,
                "archive" => archive = Some(arguments.value()?.into()),
                "wasm-opt" => wasm_opt = Some(arguments.value()?.into()),
                "minifier" => minifier = Some(arguments.value()?.into()),
                "compress" => compress = true,
                other => bail!("--{other} is not known"),
            }
        }
        Ok(Self {
            wasm: wasm.context("--wasm is missing")?,
            style: style.context("--style is missing")?,
            public: public.context("--public is missing")?,
            site: site.context("--site is missing")?,
            name: name.context("--name is missing")?,
            hashed,
            wasm_opt,
            minifier,
            compress,
            archive,
        })
    }
}
