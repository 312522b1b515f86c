//! Who is who: stores by number and name, people by their e-mail address.

use market::account::{log_in, sign_up, signed};
use market::{Error, Refusal, Result, cart, store};
use model::{Currency, LogInForm, SignUpForm, StoreChange, StoreForm, Wish};
use tokio::task::JoinSet;
use trial::both_engines;
use trial::world::{Store, World};

both_engines!(
    rule_w3_a_store_is_not_called_so_that_shoppers_take_it_for_another,
    rule_w3_a_name_that_was_given_up_is_free,
    rule_w3_a_name_asked_for_by_ten_at_once_goes_to_one,
    rule_w3_stores_that_are_called_alike_already_are_told_apart,
    rule_w3_one_address_is_one_account_however_it_is_typed,
    passwords_that_are_tried_first_are_refused,
);

fn form(name: &str, slug: &str) -> StoreForm {
    StoreForm {
        name: name.into(),
        slug: slug.into(),
        shipping: "4.00".into(),
        ..StoreForm::default()
    }
}

async fn person(world: &World, email: &str) -> Result<model::AccountId> {
    let form = SignUpForm {
        name: "Ada Reed".into(),
        email: email.into(),
        password: "carved from ash".into(),
    };
    sign_up(&world.market, form.validate().unwrap()).await
}

async fn opens(world: &World, name: &str) -> Result<()> {
    let slug = market::random_code(10);
    let account = person(world, &format!("{slug}@example.com")).await?;
    let signed = signed(&world.market, account).await?;
    let new = form(name, &slug).validate(Currency::Usd).unwrap();
    store::open(&world.market, &signed, new).await.map(|_| ())
}

async fn renames(world: &World, store: &Store, name: &str) -> Result<()> {
    let new = form(name, "").validate(Currency::Usd).unwrap();
    let change = StoreChange {
        name: new.name.into(),
        tagline: Wish::Keep,
        about: Wish::Keep,
        accent: Wish::Keep,
        shipping: Wish::Keep,
        free_shipping_from: Wish::Keep,
    };
    store::update(&world.market, store.owner, change)
        .await
        .map(|_| ())
}

fn is_taken(answer: Result<()>) -> bool {
    matches!(answer, Err(Error::Refused(Refusal::NameTaken)))
}

async fn rule_w3_a_store_is_not_called_so_that_shoppers_take_it_for_another(world: World) {
    world.store("Kiln & Clay").await;
    let other = world.store("Loom Street").await;
    for name in [
        "Kiln & Clay",
        "KILN and CLAY",
        "Κiln & Clay",
        "Kiln\u{200b} & Cláy",
        "K1ln & Clay",
    ] {
        assert!(is_taken(opens(&world, name).await), "{name}");
        assert!(is_taken(renames(&world, &other, name).await), "{name}");
    }
    renames(&world, &other, "Loom Street!").await.unwrap();
    opens(&world, "Kiln & Clay of Wells").await.unwrap();
}

async fn rule_w3_a_name_that_was_given_up_is_free(world: World) {
    let first = world.store("Kiln & Clay").await;
    renames(&world, &first, "Clay & Kiln").await.unwrap();
    opens(&world, "Kiln & Clay").await.unwrap();
    assert!(is_taken(renames(&world, &first, "Kiln & Clay").await));
}

async fn rule_w3_a_name_asked_for_by_ten_at_once_goes_to_one(world: World) {
    let mut people = JoinSet::new();
    for _ in 0..10 {
        let world = world.clone();
        people.spawn(async move { opens(&world, "Kiln & Clay").await });
    }
    let answers = people.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.into_iter().filter(Result::is_err).all(is_taken));
}

async fn rule_w3_stores_that_are_called_alike_already_are_told_apart(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 12, 300, 6).await;
    let other = world.store("Somebody else").await;
    let bowl = world.product(&other, "Bowl", 1_000, 5).await;
    for store in [&maker, &reseller] {
        let rename = format!(
            "UPDATE stores SET name = 'Kiln & Clay' WHERE id = {}",
            store.id()
        );
        world.execute(&rename).await.unwrap();
    }
    let lines = [(&maker, &mug, 1), (&reseller, &mug, 1), (&other, &bowl, 1)];
    let view = cart::view(&world.market, world.cart(&lines).await)
        .await
        .unwrap();
    let group = view
        .groups
        .iter()
        .find(|group| group.maker == maker.id())
        .unwrap();
    assert_eq!(group.maker_name, format!("Kiln & Clay ({})", maker.slug));
    let from_another = group.lines.iter().filter(|line| line.seller != group.maker);
    let shelves: Vec<_> = from_another.map(|line| line.seller_name.clone()).collect();
    assert_eq!(shelves, [format!("Kiln & Clay ({})", reseller.slug)]);
    assert!(
        view.groups
            .iter()
            .any(|group| group.maker_name == "Somebody else")
    );

    let order = world.order(&world.buy(&lines).await).await;
    let parcel = order
        .parcels
        .iter()
        .find(|parcel| parcel.maker == maker.id())
        .unwrap();
    assert_eq!(parcel.maker_name, format!("Kiln & Clay ({})", maker.slug));
    let from_another = parcel
        .lines
        .iter()
        .filter(|line| line.seller != parcel.maker);
    let shelves: Vec<_> = from_another.map(|line| line.seller_name.clone()).collect();
    assert_eq!(shelves, [format!("Kiln & Clay ({})", reseller.slug)]);
}

async fn rule_w3_one_address_is_one_account_however_it_is_typed(world: World) {
    let account = person(&world, "Mara@bücher.example").await.unwrap();
    for email in [
        "mara@bücher.example",
        "mara@xn--bcher-kva.example",
        "mara\u{200b}@bu\u{308}cher.example",
        " ｍａｒａ@BÜCHER.example\u{2060}",
    ] {
        let form = LogInForm {
            email: email.into(),
            password: "carved from ash".into(),
        };
        let found = log_in(&world.market, form.validate().unwrap(), None)
            .await
            .unwrap();
        assert_eq!(found.account, account, "{email:?}");
        let again = person(&world, email).await;
        assert!(
            matches!(again, Err(Error::Refused(Refusal::EmailTaken))),
            "{email:?}"
        );
    }
}

async fn passwords_that_are_tried_first_are_refused(world: World) {
    for password in [
        "1qaz2wsx",
        "p@ssw0rd",
        "iloveyou1",
        "qwerty12345",
        "Password!",
        "mara.holm2024",
    ] {
        let form = SignUpForm {
            name: "Mara Holm".into(),
            email: "mara.holm@example.com".into(),
            password: password.into(),
        };
        let answer = sign_up(&world.market, form.validate().unwrap()).await;
        assert!(
            matches!(answer, Err(Error::Refused(Refusal::CommonPassword))),
            "{password}"
        );
    }
    assert_eq!(world.count("accounts").await, 0);
}
