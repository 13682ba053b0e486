-- Which server runs a load or keeps its files, and when that server last said that it is there, in milliseconds since 1970
-- UTC: so that a server that starts gives up only the loads of one that has stopped.
-- The same as migrations/postgres/0019_load_owners.sql, in SQLite's words.
alter table load_job add column owner text not null default '';
alter table load_job add column beat_at integer not null default 0;
