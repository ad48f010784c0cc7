-- Phản ánh, kiến nghị made whole: who works on one, what of it everybody may read, and what keeps machines away.

alter table feedback add column office text references unit (id);      -- where it is inside its agency
alter table feedback add column holder text references account (id);   -- who is to answer it
-- 'none', 'asked' (waits for the head), 'public': the text below, with nobody's personal data in it.
alter table feedback add column public text not null default 'none';
alter table feedback add column public_question text not null default '';
alter table feedback add column public_answer text not null default '';
alter table feedback add column published bigint;
alter table feedback add column published_by text references account (id);
-- What is looked for, folded: code, name and text for those who answer; the public text for everybody.
alter table feedback add column words text not null default '';
alter table feedback add column public_words text not null default '';
-- What came before is found as far as lower case goes.
update feedback set words = lower(code || ' ' || said);

create index feedback_held on feedback (holder, state);
create index feedback_answered on feedback (agency, answered);
create index feedback_public on feedback (public, published);

-- Who sent something within the last hour: the SHA-256 of an address, forgotten after that hour and tied to no feedback, since one may be said without a name.
create table feedback_sender (
    id text primary key,
    sender text not null,
    at bigint not null
);
create index feedback_sender_at on feedback_sender (sender, at);

-- The secret by which a page of ours knows its own marks again: when it was opened, which files were received with it. One row.
create table feedback_seal (
    id bigint primary key,
    secret text not null
);
