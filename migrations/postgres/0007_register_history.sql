-- Who stood on which register in each extract, so that a page can say since when without counting them all. Counted
-- with the extract, and again where what it was counted by (standards, who manages, the rules themselves) is no longer
-- what `basis` says.
create table register_count (
    extract_id bigint primary key references extract (id),
    basis text not null
);

-- One line a line of the register, as the register had it. `rules` are the ids of a child's reasons, with commas between.
create table register_line (
    extract_id bigint not null references extract (id),
    register text not null check (register in ('attention', 'unallocated', 'managers', 'dormant', 'closing')),
    person_id bigint not null references person (id),
    team text,
    rules text check ((register = 'attention') = (rules is not null))
);
create index register_line_of_extract on register_line (extract_id);
