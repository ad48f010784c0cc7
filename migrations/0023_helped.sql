-- Steps that one agency does for another are counted by when they began.
create index dossier_step_helped on dossier_step (agency, begun) where agency is not null;
