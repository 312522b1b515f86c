use crate::with_json_ld;
use flate2::Compression;
use flate2::write::GzEncoder;
use importer::batch::{self, Answer};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("importer-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn cup(price: usize) -> String {
    with_json_ld(&format!(
        r#"{{"@type": "Product", "name": "Blue cup", "offers": {{"price": {price}, "priceCurrency": "EUR"}}}}"#
    ))
}

#[test]
fn answers_come_in_the_order_of_the_requests() {
    let folder = Folder::new("order");
    let mut requests = String::new();
    for n in 1..=40 {
        let path = if n % 2 == 0 {
            let path = folder.0.join(format!("{n}.html.gz"));
            let mut packed = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
            packed.write_all(cup(n).as_bytes()).unwrap();
            packed.finish().unwrap();
            path
        } else {
            let path = folder.0.join(format!("{n}.html"));
            fs::write(&path, cup(n)).unwrap();
            path
        };
        let request = serde_json::json!({"id": n.to_string(), "url": "https://kiln.example/shop/blue-cup", "path": path});
        requests.push_str(&format!("{request}\n\n"));
    }
    let (mut answers, mut complaints) = (Vec::new(), Vec::new());
    batch::run(requests.as_bytes(), &mut answers, &mut complaints).unwrap();
    let answers: Vec<Answer> = String::from_utf8(answers)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 40);
    for (index, answer) in answers.iter().enumerate() {
        let number = (index + 1).to_string();
        assert_eq!(
            (answer.id.as_str(), answer.price.as_deref()),
            (number.as_str(), Some(number.as_str()))
        );
    }
    assert!(complaints.is_empty());
}

#[test]
fn a_request_that_fails_is_answered_and_told() {
    let folder = Folder::new("fails");
    let path = folder.0.join("cup.html");
    fs::write(&path, cup(3)).unwrap();
    let requests = format!(
        "nonsense\n{{\"id\": \"gone\", \"url\": null, \"path\": \"{0}/gone.html\"}}\n{{\"id\": \"cup\", \"path\": \"{0}/cup.html\"}}\n",
        folder.0.display()
    );
    let (mut answers, mut complaints) = (Vec::new(), Vec::new());
    batch::run(requests.as_bytes(), &mut answers, &mut complaints).unwrap();
    let answers: Vec<Answer> = String::from_utf8(answers)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        answers
            .iter()
            .map(|answer| answer.id.as_str())
            .collect::<Vec<_>>(),
        ["", "gone", "cup"]
    );
    assert_eq!(
        answers[1],
        Answer {
            id: "gone".into(),
            ..Answer::default()
        }
    );
    // A page without an address has no address of its own.
    assert_eq!(
        (
            answers[2].price.as_deref(),
            answers[2].canonical_url.as_deref()
        ),
        (Some("3"), None)
    );
    assert_eq!(String::from_utf8(complaints).unwrap().lines().count(), 2);
}
