"""Flet's index page: scripts from files added, and the policy it runs under."""

import base64
import hashlib
import re
from collections.abc import Iterable

# Flutter draws with WebAssembly and sets styles from script; all else comes from this server alone.
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
_HEAD = """
  <link rel="icon" href="/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/page.css">
  <script src="/start.js"></script>
"""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def dress(html: str, scripts: Iterable[str]) -> tuple[str, str]:
    """The page with our style sheet, icon and scripts, and its Content-Security-Policy.

    Flet's own inline scripts are allowed by their hash, so an injected one still does not run.
    """
    head = _HEAD + "".join(f'  <script src="{path}" defer></script>\n' for path in scripts)
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()) for text in _INLINE.findall(html))
    policy = _POLICY.format(hashes=" ".join(f"'sha256-{value.decode()}'" for value in hashes))
    return html.replace("</head>", f"{head}</head>", 1), policy
