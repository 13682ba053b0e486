//! `/actions/new`: a new action, filled in as far as the data can.

use super::action::refusal;
use super::to_actions;
use crate::components::{Place, Section, form, framed, link_list, pairs, privacy};
use crate::data::{NewActionPage, Page, PathwayChoice};
use crate::fragment::Fragment;
use leptos::prelude::*;

/// About whom, and the form; or whom it could be about.
pub fn new_action(page: Page<NewActionPage>) -> Fragment {
    let Page { frame, body } = page;
    let about = (!body.facts.is_empty()).then(|| pairs(body.facts.clone()));
    let children = (!body.children.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"Children it is about"</h2>
                {privacy()}
                <div class="listed__children">{link_list(body.children.clone())}</div>
            </section>
        }
    });
    let fields = body.form.as_ref().map(form);
    let choose = body.form.is_none().then(|| {
        let teams = (!body.teams.is_empty()).then(|| view! { <h3>"A team"</h3> });
        let services = (!body.services.is_empty()).then(|| view! { <h3>"A service"</h3> });
        view! {
            <section class="group">
                <h2 class="group__title">"What is it about?"</h2>
                <p>
                    "Children: choose them on a measure’s list, or open the child’s page. Otherwise choose here."
                </p>
                {services}
                {link_list(body.services.clone())}
                {teams}
                {link_list(body.teams.clone())}
                {body.pathway.as_ref().map(pathway)}
            </section>
        }
    });
    let view = view! {
        {body.refused.as_deref().map(|why| refusal("Nothing was recorded", why))}
        {about}
        {children}
        {fields}
        {choose}
    };
    let place =
        Place { section: Section::Actions, crumbs: vec![to_actions()], title: "Add an action", caption: "Action log" };
    framed(&frame, place, view.into_any())
}

/// A plain GET form: the choice stands in the address, as every other.
fn pathway(choice: &PathwayChoice) -> AnyView {
    let kept = choice
        .kept
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    let select = |name: &'static str, label: &'static str| {
        let options =
            choice.teams.iter().map(|team| view! { <option value=team.clone()>{team.clone()}</option> }).collect_view();
        let id = format!("pathway-{name}");
        view! {
            <div class="filter__field">
                <label class="govuk-label" for=id.clone()>
                    {label}
                </label>
                <select class="govuk-select" id=id name=name required=true>
                    <option value="">"Choose a team"</option>
                    {options}
                </select>
            </div>
        }
    };
    view! {
        <h3>"A hand-off between two teams"</h3>
        <form class="filter" method="get" action="/actions/new" aria-label="A hand-off">
            {kept}
            {select("from", "From")}
            {select("to", "To")}
            <button class="govuk-button govuk-button--secondary filter__button">"Choose"</button>
        </form>
    }
    .into_any()
}
