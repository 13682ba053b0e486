-- A sign-in that began with a password opens no session once the password was changed: it counts how often one was set.
-- A session keeps the address it was opened from, so that a person can tell the own ones from another's.

alter table app_user add column password_version integer not null default 0;
alter table session add column address text;
