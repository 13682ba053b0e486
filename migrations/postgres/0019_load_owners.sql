-- Which server runs a load or keeps its files, and when that server last said that it is there, in milliseconds since 1970
-- UTC: so that a server that starts gives up only the loads of one that has stopped.
-- The same as migrations/sqlite/0019_load_owners.sql, in PostgreSQL's words.
alter table load_job add column owner text not null default '';
alter table load_job add column beat_at bigint not null default 0;
