// Loading a page starts anew. Without this Flet would show it as it was left; only a connection that broke takes up
// the old state again, with what was typed.
sessionStorage.removeItem("_flet_session_id");
