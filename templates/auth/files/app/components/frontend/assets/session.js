// Keeps a signed-in browser signed in. The tokens are in HttpOnly cookies, which no script can read; what this
// one reads is a marker that says when the access token runs out, and tells people apart.
"use strict";
(() => {
  const resuming = "resume" in document.currentScript.dataset;
  let early = 60; // seconds before the end at which to renew
  let behind = 0; // seconds by which this clock is behind the server's

  const marker = () => /(?:^|;\s*)(?:__Host-)?aegis_signed_in=(\d+)(?:\.(\w+))?/.exec(document.cookie) ?? [];
  const end = () => Number(marker()[1] ?? 0);
  const person = () => marker()[2] ?? null;
  let known = person(); // whose page this is, from before Flet connects: nobody else's is taken for it
  const left = () => end() - Date.now() / 1000 - behind;
  // Without a secure context there are no locks; the server bears two tabs that renew at once.
  const alone = (work) => (navigator.locks ? navigator.locks.request("aegis-session", work) : work());

  async function ask(path, method = "GET") {
    const answer = await fetch(`/api/v1/auth/${path}`, { method, cache: "no-store" });
    behind = Date.parse(answer.headers.get("date")) / 1000 - Date.now() / 1000 || 0;
    if (!answer.ok && answer.status !== 401) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }

  // Whether someone is still signed in when this is done. Throws when the server does not say.
  async function refresh() {
    const answer = await ask("refresh", "POST");
    if (answer.ok) early = Math.min(60, (await answer.json()).expires_in / 3);
    else if (end()) await ask("logout", "POST");
    return answer.ok;
  }

  // A page load that found no session: get one, then load again.
  async function resume() {
    const tries = Number(sessionStorage.getItem("aegis-tries")) + 1;
    sessionStorage.setItem("aegis-tries", tries);
    await alone(async () => {
      if (tries > 3) await ask("logout", "POST"); // new cookies did not help, so do without
      else if (!(await ask("me")).ok) await refresh();
    });
    location.reload();
  }

  // A page that is open: renew before the end, and load again when somebody else is there now, or nobody.
  async function keep(waking) {
    if (end() && left() < early) await alone(async () => left() >= early || (await refresh()));
    if (end() && waking) await alone(async () => (await ask("me")).ok || (await refresh()));
    const now = person();
    if (known && known !== now) location.reload();
    known = now;
  }

  const patiently = (work) => work().catch(() => {}); // no answer now: the next tick tries again
  if (resuming) {
    const attempt = () => resume().catch(() => setTimeout(attempt, 3000));
    attempt();
  } else {
    sessionStorage.removeItem("aegis-tries");
    patiently(() => keep(true));
    setInterval(() => patiently(() => keep(false)), 5000);
    document.addEventListener("visibilitychange", () => document.hidden || patiently(() => keep(true)));
  }
})();
