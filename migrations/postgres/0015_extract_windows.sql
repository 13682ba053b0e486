-- From when on each list of an extract reaches, as the extract shows: JSON, list number to date. Blank for an extract of
-- before this was kept, until its figures are counted anew.
alter table extract add column windows text;
