"""What every answer must carry to guard its reader."""

import re

from tests.site.asking import Answer

NEEDED = {"default-src": "'none'", "object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
_UNSAFE = re.compile(r"unsafe-inline|unsafe-eval|unsafe-hashes|(?<![\w.])\*|data:|blob:|https?:(?![^\s;])")


def policy_problems(policy: str) -> list[str]:
    """What a content security policy allows that it must not, or does not forbid that it must."""
    told = {name: sources for name, _, sources in (part.strip().partition(" ") for part in policy.split(";")) if name}
    lacking = [f"{name} is {told.get(name, 'not said')}" for name, wanted in NEEDED.items() if told.get(name) != wanted]
    return lacking + sorted(set(_UNSAFE.findall(policy)))


def headers_lacking(answer: Answer) -> list[str]:
    """Everything about the headers of an answer that is not as it must be."""
    headers, found = answer.headers, policy_problems(answer.headers.get("Content-Security-Policy", ""))
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found += [f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    if "Permissions-Policy" not in headers:
        found.append("no Permissions-Policy")
    # What leads on without a word (as after signing out) has nothing that could be kept.
    if answer.role != "anonymous" and answer.text and "no-store" not in headers.get("Cache-Control", ""):
        found.append(f"kept after signing out: {headers.get('Cache-Control')}")
    return found
