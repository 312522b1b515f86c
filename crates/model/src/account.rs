use crate::{AccountId, Checker, Currency, FieldError, StoreBadge, limits, normal_email};
use serde::{Deserialize, Serialize};

/// What every page needs to know: the market's words, who is looking and how full the cart is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shell {
    /// The market's own settings that a screen shows.
    pub market: MarketInfo,
    /// Who is signed in, if anyone.
    pub viewer: Option<Viewer>,
    /// Units in the cart, over all lines.
    pub cart_units: i64,
}

/// The market's own settings that a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketInfo {
    /// The market's address as its users see it, without a trailing slash.
    pub public_url: String,
    /// The one currency.
    pub currency: Currency,
    /// The token's symbol: `RSS`.
    pub token: String,
    /// The market's fee in hundredths of a percent.
    pub fee_basis_points: i64,
    /// How long a hold lasts.
    pub hold_minutes: i64,
    /// Payments are a test: no card is ever charged.
    pub test_payments: bool,
    /// The demo market's log-ins; empty unless the market runs in demo mode.
    pub demo_log_ins: Vec<DemoLogIn>,
}

impl MarketInfo {
    /// The whole address of one of the market's paths, for whoever reads a page elsewhere.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// One of the demo market's log-ins, offered on the log-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoLogIn {
    /// Who this is: "Kiln & Clay, a maker".
    pub who: String,
    /// The e-mail address to log in with.
    pub email: String,
    /// The password to log in with.
    pub password: String,
}

/// Who is signed in, as screens show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The person's own e-mail address.
    pub email: String,
    /// Runs the market.
    pub operator: bool,
    /// The person's store, once opened.
    pub store: Option<StoreBadge>,
}

/// What a person types to sign up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    /// The person's name.
    pub name: String,
    /// The e-mail address to log in with.
    pub email: String,
    /// The password, in clear; never kept.
    pub password: String,
}

/// A checked [`SignUpForm`].
#[derive(Clone)]
pub struct SignUp {
    /// The person's name.
    pub name: String,
    /// In its normal form.
    pub email: String,
    /// In clear; hashed at once.
    pub password: String,
}

impl SignUpForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<SignUp, Vec<FieldError>> {
        let mut check = Checker::new();
        let name = check.required("name", &self.name, limits::NAME, "Enter your name.");
        let email = check.email("email", &self.email);
        check_password(&mut check, &self.password);
        check.finish(SignUp {
            name,
            email,
            password: self.password.clone(),
        })
    }
}

/// How long it is; whether it is easily guessed is the market's answer.
fn check_password(check: &mut Checker, password: &str) {
    let length = password.chars().count();
    if length < limits::PASSWORD_MIN {
        check.refuse(
            "password",
            format!("Use at least {} characters.", limits::PASSWORD_MIN),
        );
    } else if length > limits::PASSWORD_MAX {
        check.refuse(
            "password",
            format!("Use at most {} characters.", limits::PASSWORD_MAX),
        );
    }
}

/// What a person types to log in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogInForm {
    /// The e-mail address.
    pub email: String,
    /// The password, in clear; never kept.
    pub password: String,
}

/// A checked [`LogInForm`].
#[derive(Clone)]
pub struct LogIn {
    /// In its normal form.
    pub email: String,
    /// In clear.
    pub password: String,
}

impl LogInForm {
    /// Checks that both fields can be right; whether they are is the market's answer.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<LogIn, Vec<FieldError>> {
        let mut check = Checker::new();
        // An address that can't be one is as unknown as any other: its form is not judged here.
        let email = normal_email(&self.email);
        if email.is_empty() {
            check.refuse("email", "Enter your e-mail address.");
        }
        if self.password.is_empty() {
            check.refuse("password", "Enter your password.");
        } else if self.password.chars().count() > limits::PASSWORD_MAX {
            check.refuse(
                "password",
                format!("Use at most {} characters.", limits::PASSWORD_MAX),
            );
        }
        check.finish(LogIn {
            email,
            password: self.password.clone(),
        })
    }
}

/// What a person types to change her password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePasswordForm {
    /// The password so far, in clear; never kept.
    pub current: String,
    /// The new one, in clear; never kept.
    pub password: String,
}

/// A checked [`ChangePasswordForm`].
#[derive(Clone)]
pub struct ChangePassword {
    /// In clear.
    pub current: String,
    /// In clear; hashed at once.
    pub password: String,
}

impl ChangePasswordForm {
    /// Checks what can be checked here; whether the old password is right, and the new one easily guessed, is the
    /// market's answer.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self) -> Result<ChangePassword, Vec<FieldError>> {
        let mut check = Checker::new();
        if self.current.is_empty() || self.current.chars().count() > limits::PASSWORD_MAX {
            check.refuse("current", "Enter the password you have now.");
        }
        check_password(&mut check, &self.password);
        check.finish(ChangePassword {
            current: self.current.clone(),
            password: self.password.clone(),
        })
    }
}

/// The account's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAccount {
    /// Who it is.
    pub viewer: Viewer,
    /// On how many devices she is logged in, this one among them.
    pub log_ins: u64,
}
