//! Pages that stand between a visitor and the shop: proofs of being human, and queues.

use std::sync::LazyLock;

use url::Url;

use crate::document::{Document, text_up_to};
use crate::not_a_draft::NotADraft;
use crate::text::phrases::Phrases;

/// Walls say little. A page with more visible text than this is not one, unless its title says so.
const SHORT: usize = 1500;
/// A wall has no menu.
const FEW_LINKS: usize = 8;

/// The wall a page is, if any. `shown`: the page carries a product's markup or shows a price, so that a mere script
/// proves nothing.
pub fn find(document: &Document, url: &Url, shown: bool) -> Option<NotADraft> {
    let title = document.title().unwrap_or_default().to_lowercase();
    let text = document
        .named("body")
        .next()
        .map(|body| text_up_to(body, SHORT * 3))
        .unwrap_or_default()
        .to_lowercase();
    if shown && text.len() > SHORT {
        return None;
    }
    let host = url.host_str().unwrap_or_default();
    if host.ends_with("queue-it.net") {
        return Some(NotADraft::Queue);
    }
    if host.ends_with("captcha-delivery.com") || url.path().starts_with("/errors/validateCaptcha") {
        return Some(NotADraft::BotWall);
    }
    let short = text.len() <= SHORT;
    // Things are named "Waiting Room" and "Forbidden" too: what has a price or much text is no wall.
    if !shown && text.len() <= SHORT * 2 {
        if QUEUE_TITLES.in_words(&title) {
            return Some(NotADraft::Queue);
        }
        if WALL_TITLES.in_words(&title) {
            return Some(NotADraft::BotWall);
        }
    }
    if short && QUEUE_TEXTS.in_words(&text) {
        return Some(NotADraft::Queue);
    }
    if !short {
        return None;
    }
    if WALL_TEXTS.in_words(&text) {
        return Some(NotADraft::BotWall);
    }
    let links = document
        .named("a")
        .filter(|link| link.value().attr("href").is_some())
        .take(FEW_LINKS + 1)
        .count();
    let asks_password = document
        .named("input")
        .any(|input| input.value().attr("type") == Some("password"));
    if shown || asks_password || links > FEW_LINKS {
        return None;
    }
    let machinery = machinery(document);
    if QUEUE_SCRIPTS.within(&machinery) && text.len() <= SHORT / 2 {
        return Some(NotADraft::Queue);
    }
    (WALL_SCRIPTS.within(&machinery) && text.len() <= SHORT / 2).then_some(NotADraft::BotWall)
}

/// Addresses, ids and short scripts: what the page runs rather than shows. Bounded.
fn machinery(document: &Document) -> String {
    let mut found = String::new();
    for element in document.elements() {
        if found.len() > 60_000 {
            break;
        }
        for (name, value) in element.value().attrs() {
            if matches!(
                name,
                "src" | "id" | "class" | "action" | "href" | "data-src"
            ) && value.len() < 500
            {
                found.push_str(value);
                found.push('\n');
            }
        }
        if element.value().name() == "script" {
            found.extend(element.text().flat_map(str::chars).take(6000));
            found.push('\n');
        }
    }
    found.make_ascii_lowercase();
    found
}

static QUEUE_TITLES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    queue-it | waiting room | you are in line | you're in line | you are now in line | virtual queue | queue page | \
    warteraum | warteschlange | file d'attente | salle d'attente | sala de espera | fila virtual | sala d'attesa | \
    wachtrij | wachtkamer | poczekalnia | you are in the queue",
    )
});

static QUEUE_TEXTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    you are now in line | you're now in line | your number in line | your estimated wait time | you are in a queue | \
    you are in the queue | place in line | place in the queue | virtual waiting room | you will be redirected automatically when it is your turn | \
    sie befinden sich in der warteschlange | ihre geschätzte wartezeit | vous êtes dans la file d'attente | \
    votre temps d'attente | estás en la fila | está en la cola | tempo de espera estimado | u staat in de wachtrij | \
    sei in coda | experiencing high demand",
    )
});

static QUEUE_SCRIPTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "static.queue-it.net/script/queueclient | queue-it.net/softblock | queue-it_log | queueit-overlay",
    )
});

static WALL_TITLES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    just a moment | attention required! | access denied | access to this page has been denied | robot check | \
    pardon our interruption | are you a human | are you human | verify you are human | verify your identity | security check | \
    human verification | bot verification | checking your browser | ddos-guard | ddos protection | one moment, please | \
    please wait... | request unsuccessful | captcha | please verify | you have been blocked | sorry, you have been blocked | \
    bot or not | unusual traffic | access blocked | blocked request | request blocked | 403 forbidden | forbidden | \
    amazon.com: sorry | validation request | un momento | einen moment | nur einen moment | un instant | \
    un momento… | momento por favor | sicherheitsüberprüfung | sicherheitsabfrage | vérification de sécurité | \
    comprobación de seguridad | verificação de segurança | zugriff verweigert | accès refusé | acceso denegado | \
    challenge validation | client challenge | 429 too many requests | too many requests | antibot | anti-bot | проверка браузера | \
    ой! | доступ ограничен | вы не робот | robot or human",
    )
});

static WALL_TEXTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    enter the characters you see below | type the characters you see | not a robot | verify you are human | \
    verify that you are human | verifying you are human | confirm you are human | prove you are human | are you a robot | \
    you are a human | press & hold | press and hold | checking your browser | enable javascript and cookies to continue | \
    please enable js and disable any ad blocker | please enable cookies | unusual traffic from | automated access | \
    access to this page has been denied | you have been blocked | you don't have permission to access | \
    needs to review the security of your connection | complete the security check | solve the captcha | complete the captcha | \
    incapsula incident id | request unsuccessful. incapsula | reference #18. | you've been blocked by network security | \
    something about your browser made us think you were a bot | think you are a bot | think that you are a bot | \
    we have detected unusual activity | suspicious activity | slide to verify | slide right to secure | \
    requests from your network | requests from your computer network | to continue shopping | click the button below to continue | \
    ich bin kein roboter | kein roboter sind | sind sie ein mensch | bestätigen sie, dass sie ein mensch | automatisierte zugriffe | \
    je ne suis pas un robot | vous n'êtes pas un robot | vérifier que vous êtes | êtes-vous humain | no soy un robot | no eres un robot | \
    eres humano | não sou um robô | não é um robô | non sono un robot | non sei un robot | geen robot | nie jestem robotem | \
    nejsem robot | nie som robot | nem vagyok robot | nu sunt robot | не робот | подтвердите, что вы человек | jag är inte en robot | \
    ikke en robot | en ole robotti | robot değilim | ロボットではありません | 我不是机器人 | 我不是機器人 | 人机验证 | 安全验证 | 로봇이 아닙니다 | \
    error 1020 | error 1015 | you are being rate limited | ray id: | performance & security by cloudflare | \
    access denied | zugriff verweigert | bot detection",
    )
});

static WALL_SCRIPTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "\
    captcha-delivery.com | _incapsula_resource | px-captcha | perimeterx | captcha.px-cdn.net | human-challenge | \
    cdn-cgi/challenge-platform/h | cf_chl_opt | cf-challenge | cf-browser-verification | challenge-form | cf-turnstile | \
    validatecaptcha | sec-if-cpt-container | bm-verify | akam/13/pixel_ | ddos-guard | awswafintegration | aws-waf-token | \
    challenge.js | token.awswaf.com | kpsdk | ips.js?kp | distil_r_captcha | distil_ident_block | sgcaptcha | \
    sucuri_cloudproxy | wsidchk | x5secdata | punish-component | geetest | arkoselabs | funcaptcha | hcaptcha.com/1/api.js | \
    recaptcha/api.js | recaptcha/enterprise.js | google.com/recaptcha | smartcaptcha | qrator | servicepipe | /_sec/cp_challenge | \
    reblaze | rbzns | botmanager | datadome",
    )
});
