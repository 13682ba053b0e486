//! `/sign-in`: the one page without a viewer.

use crate::bare::unframed;
use crate::components::heading;
use crate::data::{Persona, SignInPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

const TITLE: &str = "Sign in";

/// The form, and in a demonstration the people to be.
pub fn sign_in(page: SignInPage, failed: bool, next: Option<String>) -> Fragment {
    let demo = !page.personas.is_empty();
    let failed = failed.then(|| {
        view! {
            <div class="govuk-error-summary" role="alert">
                <h2 class="govuk-error-summary__title">"You are not signed in"</h2>
                <div class="govuk-error-summary__body">
                    <p>"The user name and the password do not belong together. Check both and try again; after several failures you have to wait a little."</p>
                </div>
            </div>
        }
    });
    let first = (!page.has_users && !demo).then(|| {
        view! {
            <p class="warning">
                "There is no account yet. The administrator makes the first one on the server, with "
                <code>"surgery user add"</code> "."
            </p>
        }
    });
    let people = demo.then(|| personas(page.personas, next.as_deref()));
    let form = form(next);
    let form = if demo {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">"Sign in with a user name and a password"</span>
                </summary>
                <div class="govuk-details__text">{form}</div>
            </details>
        }
        .into_any()
    } else {
        form.into_any()
    };
    let rest = view! {
        {first}
        {people}
        {form}
    };
    let mut page = Markup::with_capacity(4000);
    page.markup(&failed.into_any().to_html());
    heading(&mut page, TITLE, "");
    page.markup(&rest.into_any().to_html());
    let html = unframed(demo, &page.into_html());
    Fragment { title: TITLE.to_owned(), news: String::new(), again: false, live: None, html }
}

fn form(next: Option<String>) -> AnyView {
    view! {
        <form class="sign-in" method="post" action="/sign-in">
            {hidden_next(next.as_deref())}
            <div class="govuk-form-group">
                <label class="govuk-label" for="user">
                    "User name"
                </label>
                <input
                    class="govuk-input"
                    id="user"
                    name="user"
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                />
            </div>
            <div class="govuk-form-group">
                <label class="govuk-label" for="password">
                    "Password"
                </label>
                <input
                    class="govuk-input"
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required=true
                />
            </div>
            <button class="govuk-button">"Sign in"</button>
        </form>
    }
    .into_any()
}

fn personas(personas: Vec<Persona>, next: Option<&str>) -> AnyView {
    let people = personas
        .into_iter()
        .map(|persona| {
            view! {
                <li>
                    <button class="persona" name="persona" value=persona.key>
                        <strong class="persona__name">{persona.name}</strong>
                        <span class="persona__role">{persona.role}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="lead">"Choose who to be. Each sees what the role may see, and nothing else."</p>
        <form method="post" action="/sign-in">
            {hidden_next(next)}
            <ul class="personas">{people}</ul>
        </form>
    }
    .into_any()
}

/// Where to go on to; the server takes only an address of its own.
fn hidden_next(next: Option<&str>) -> AnyView {
    next.map(|next| view! { <input type="hidden" name="next" value=next.to_owned() /> }).into_any()
}
