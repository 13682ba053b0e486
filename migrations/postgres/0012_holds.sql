-- What an extract's columns held, so that the next can be set beside it: the hash of its Annex A files, and the facts
-- that the rules for holding a load compare, as JSON. None of an extract that was loaded before this was kept.
alter table extract add column content text;
alter table extract add column facts text;
-- Which holds were confirmed, by whom and why, as JSON; none where nothing was held.
alter table extract add column confirmed text;
-- What a load in the browser was held for, or what a check found, as JSON.
alter table load_job add column forecast text;
