-- Whether the owner handed a dossier in after a system that knows them (VNeID) had identified them: the National Portal asks.
alter table dossier add column identified bigint not null default 0;
