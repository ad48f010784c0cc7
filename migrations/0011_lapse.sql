-- Requests to supplement that are still open, by their last day: what the days end by themselves.
create index dossier_ask_open on dossier_ask (until) where answered is null;
