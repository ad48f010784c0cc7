-- Files that are sent in pieces, so that one that stops half way goes on.

-- A file on its way. Its pieces are objects of the file store, named by where they begin; thrown away when it expires.
create table file_upload (
    id text primary key,
    owner text not null,                   -- SHA-256 of what the browser that sends it shows
    name text not null,
    bytes bigint not null,                 -- as it was announced
    got bigint not null default 0,         -- so many bytes are here
    until bigint not null
);
create index file_upload_of on file_upload (owner, until);
create index file_upload_until on file_upload (until);
