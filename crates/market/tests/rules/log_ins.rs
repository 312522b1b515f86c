//! How often a password may be tried, and that nobody's tries keep an account's owner out.

use market::account::{LoggedIn, log_in, sign_up};
use market::{Error, Refusal, Result};
use model::{LogInForm, SignUpForm};
use trial::World;
use trial::both_engines;

both_engines!(
    rule_b4_wrong_tries_from_one_place_are_bounded_however_the_address_is_written,
    rule_b4_nobody_can_tell_from_a_refusal_whether_there_is_an_account,
    rule_b4_the_owner_is_let_in_while_many_guess_her_password,
    rule_b4_a_browser_that_was_here_before_is_let_in_from_a_place_full_of_guessers,
    rule_b4_what_a_browser_keeps_is_worth_nothing_to_another_account_and_cannot_be_made_up,
    rule_b4_right_passwords_do_not_count,
);

const ADA: &str = "ada@post.example";
const PASSWORD: &str = "a shelf of one's own";

async fn account(world: &World) {
    let form = SignUpForm {
        name: "Ada".into(),
        email: ADA.into(),
        password: PASSWORD.into(),
    };
    sign_up(&world.market, form.validate().unwrap())
        .await
        .unwrap();
}

async fn log_in_from(
    world: &World,
    place: &str,
    (email, password): (&str, &str),
    device: Option<&str>,
) -> Result<LoggedIn> {
    let market = world.visited_from(place).market;
    let form = LogInForm {
        email: email.into(),
        password: password.into(),
    };
    log_in(&market, form.validate().unwrap(), device).await
}

/// How many wrong tries are looked at before they are refused.
async fn guess(world: &World, place: &str, email: &str) -> usize {
    for tries in 0..100 {
        match log_in_from(world, place, (email, "a wrong guess"), None).await {
            Err(Error::Refused(Refusal::WrongLogIn)) => {}
            Err(Error::Refused(Refusal::TooManyTries { .. })) => return tries,
            other => panic!("a wrong guess gave {other:?}"),
        }
    }
    panic!("there is no end to it")
}

async fn rule_b4_wrong_tries_from_one_place_are_bounded_however_the_address_is_written(
    world: World,
) {
    account(&world).await;
    for written in ["ADA@post.example", " ada@post.example ", "ada@post.example"] {
        for _ in 0..2 {
            let wrong = log_in_from(&world, "192.0.2.1", (written, "a wrong guess"), None).await;
            assert!(matches!(wrong, Err(Error::Refused(Refusal::WrongLogIn))));
        }
    }
    assert_eq!(guess(&world, "192.0.2.1", "Ada@Post.example").await, 2);
    assert_eq!(guess(&world, "192.0.2.2", ADA).await, 8);
}

async fn rule_b4_nobody_can_tell_from_a_refusal_whether_there_is_an_account(world: World) {
    account(&world).await;
    let known = guess(&world, "192.0.2.1", ADA).await;
    let unknown = guess(&world, "192.0.2.2", "nobody@post.example").await;
    assert_eq!(known, unknown);
}

async fn rule_b4_the_owner_is_let_in_while_many_guess_her_password(world: World) {
    account(&world).await;
    for number in 1..=12 {
        guess(&world, &format!("192.0.2.{number}"), ADA).await;
    }
    log_in_from(&world, "198.51.100.1", (ADA, PASSWORD), None)
        .await
        .unwrap();
}

async fn rule_b4_a_browser_that_was_here_before_is_let_in_from_a_place_full_of_guessers(
    world: World,
) {
    account(&world).await;
    let home = "192.0.2.1";
    let LoggedIn { device, .. } = log_in_from(&world, home, (ADA, PASSWORD), None)
        .await
        .unwrap();
    guess(&world, home, ADA).await;
    let unknown = log_in_from(&world, home, (ADA, PASSWORD), None).await;
    assert!(matches!(
        unknown,
        Err(Error::Refused(Refusal::TooManyTries { .. }))
    ));

    let known = log_in_from(&world, home, (ADA, PASSWORD), Some(&device))
        .await
        .unwrap();
    assert_eq!(known.device, device, "it keeps what it has");
}

async fn rule_b4_what_a_browser_keeps_is_worth_nothing_to_another_account_and_cannot_be_made_up(
    world: World,
) {
    account(&world).await;
    let place = "192.0.2.1";
    let LoggedIn { device, .. } = log_in_from(&world, place, (ADA, PASSWORD), None)
        .await
        .unwrap();
    guess(&world, place, "bram@post.example").await;
    let (number, hash) = device.split_once('.').unwrap();
    for kept in [
        device.clone(),
        format!("{number}."),
        format!(".{hash}"),
        format!("{}.{hash}", number.to_uppercase()),
        String::new(),
    ] {
        let tried = ("bram@post.example", "a wrong guess");
        let refused = log_in_from(&world, place, tried, Some(&kept)).await;
        assert!(
            matches!(refused, Err(Error::Refused(Refusal::TooManyTries { .. }))),
            "{kept}"
        );
    }
}

async fn rule_b4_right_passwords_do_not_count(world: World) {
    account(&world).await;
    for _ in 0..25 {
        log_in_from(&world, "192.0.2.1", (ADA, PASSWORD), None)
            .await
            .unwrap();
    }
    assert_eq!(guess(&world, "192.0.2.1", ADA).await, 8);
}
