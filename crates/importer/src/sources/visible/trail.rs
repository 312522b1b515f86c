//! The category, from the breadcrumb trail.

use super::marks::Marks;
use super::outline::Outline;

/// The longest name of a step.
const LONGEST: usize = 80;
const MOST: usize = 10;

/// Steps from the general to the special, without the home page and the product itself.
pub fn find(outline: &Outline<'_>) -> Vec<String> {
    let title = outline
        .heading
        .as_ref()
        .map(|(_, text)| text.to_lowercase());
    for (index, spot) in outline.spots.iter().enumerate() {
        if !spot.own.any(Marks::TRAIL) || spot.text == 0 || spot.text > 600 {
            continue;
        }
        let mut steps: Vec<String> = Vec::new();
        for at in index + 1..spot.end {
            let Some(link) = outline.get(at).filter(|inner| inner.name() == "a") else {
                continue;
            };
            if link.text == 0 || link.text > LONGEST {
                continue;
            }
            if link.attr("href").is_some_and(leads_home) {
                continue;
            }
            let step = outline.text(at, LONGEST * 2);
            let step = step.trim_matches([' ', '>', '/', '›', '»', '|', '<', '‹']);
            if !step.is_empty() && !steps.iter().any(|known| known == step) && steps.len() < MOST {
                steps.push(step.to_owned());
            }
        }
        if steps.first().is_some_and(|first| is_home(first)) {
            steps.remove(0);
        }
        if steps.last().map(|last| last.to_lowercase()) == title {
            steps.pop();
        }
        if !steps.is_empty() {
            return steps;
        }
    }
    Vec::new()
}

fn leads_home(href: &str) -> bool {
    let path = href.split_once("://").map_or(href, |(_, rest)| {
        rest.split_once('/').map_or("/", |(_, path)| path)
    });
    matches!(
        path.trim(),
        "/" | "" | "#" | "./" | "/index.php" | "index.php"
    ) || href.starts_with("javascript:")
}

fn is_home(step: &str) -> bool {
    let step = step.to_lowercase();
    [
        "home",
        "homepage",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "domů",
        "domov",
        "strona główna",
        "etusivu",
        "hem",
        "hjem",
        "forside",
        "главная",
        "головна",
        "начало",
        "kezdőlap",
        "főoldal",
        "acasă",
        "acasa",
        "anasayfa",
        "ana sayfa",
        "αρχική",
        "naslovnica",
        "početna",
        "ホーム",
        "首页",
        "首頁",
        "shop",
        "all",
        "back",
        "главная страница",
        "דף הבית",
        "الرئيسية",
        "trang chủ",
        "beranda",
        "titulní strana",
        "úvod",
        "sākums",
        "pradžia",
        "avaleht",
        "store",
    ]
    .contains(&step.as_str())
}
