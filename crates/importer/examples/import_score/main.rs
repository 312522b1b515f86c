//! Reads the pages of a corpus that is kept outside of the project, and prints how well.
//!
//! `import_score FOLDER [-v]`: FOLDER has `expected.json` and the folders it speaks of; `-v` lists what was missed.
//! `cargo xtask import-score` finds the folder and calls this.

use importer::batch::{self, Answer};
use importer::extract;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use url::Url;

mod score;

use score::{Case, Kind, Score};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let Some(folder) = arguments.iter().find(|argument| !argument.starts_with('-')) else {
        let _ = writeln!(io::stderr(), "Usage: import_score FOLDER [-v]");
        return ExitCode::FAILURE;
    };
    match run(Path::new(folder), verbose) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "import_score: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path, verbose: bool) -> io::Result<()> {
    let expected = std::fs::read(folder.join("expected.json"))?;
    let cases: BTreeMap<String, Case> = serde_json::from_slice(&expected)?;
    let started = Instant::now();
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let mut missing = 0;
    for (id, case) in &cases {
        match find(folder, id, case.kind) {
            Some(path) => {
                let url = case.url.as_deref().and_then(|url| Url::parse(url).ok());
                let page = batch::load(&path, url)?;
                answers.insert(id.clone(), batch::answer(id.clone(), &extract(&page)));
            }
            None => missing += 1,
        }
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} cases read in {:.1?}, {missing} without a file",
        answers.len(),
        started.elapsed()
    )?;
    Score::of(&cases, &answers).write(&mut out, verbose)
}

/// A case's file, wherever its kind is kept.
fn find(folder: &Path, id: &str, kind: Kind) -> Option<PathBuf> {
    let folder = folder.join(match kind {
        Kind::Syntax => "syntax",
        Kind::PlatformCase => "platform_case",
        Kind::HtmlPage | Kind::BotWall | Kind::NotProduct => "pages",
    });
    ["html.gz", "html", "json"]
        .iter()
        .map(|end| folder.join(format!("{id}.{end}")))
        .find(|path| path.is_file())
}
