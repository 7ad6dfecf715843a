"""A small provider that speaks OpenID Connect, for the tests and for trying it out by hand.

``python -m tests.tools.identity_provider 8300`` starts one on loopback and says what to set.
"""

import hashlib
import json
import secrets
import sys
import threading
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from requests.auth import _basic_auth_str

CLIENT, SECRET, KID = "sister-cities", "a secret: of the two sites alone, and long", "key-1"
PERSON = {
    "sub": "248289761001",
    "email": "ana@alderbay.example",
    "email_verified": True,
    "name": "Ana Olmo",
}


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Knows one person, and answers as it is told to: honestly, unless a test says otherwise."""

    def __init__(self, port: int = 0) -> None:
        self.key = self.signs_with = new_key()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), type("Ours", (Answers,), {}))
        self.server.RequestHandlerClass.provider = self  # type: ignore[attr-defined] # set here only
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.be_honest()

    def be_honest(self) -> None:
        """Forget what a test has told it."""
        self.person: dict[str, Any] = dict(PERSON)
        self.signs_with, self.algorithm = self.key, "RS256"
        self.lies: dict[str, Any] = {}  # in the token
        self.error = ""  # instead of a code
        self.bodies: dict[str, bytes] = {}  # instead of an answer, by path
        self.seconds: dict[str, float] = {}  # to wait before an answer, by path
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def start(self) -> "Provider":
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/sign-out",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": KID, "use": "sig", "alg": "RS256"}]}

    def back_address(self, asked: dict[str, str]) -> str:
        """Where the browser goes next: back, with a code or an error."""
        answer = {"error": self.error} if self.error else {"code": secrets.token_hex(8)}
        if "code" in answer:
            self.codes[answer["code"]] = asked
        return f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked['state']})}"

    def way_out(self, asked: dict[str, str]) -> str:
        """Where the browser goes after a sign-out: back, to the address it knows of this client."""
        assert asked["client_id"] == CLIENT
        assert asked["post_logout_redirect_uri"].endswith("/callback/")
        return f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        """The answer to a code: it counts once, and for whoever knows the verifier."""
        asked = self.codes.pop(sent["code"])
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        assert urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        told = claims | self.person | self.lies
        signed = jwt.encode(told, self.signs_with, algorithm=self.algorithm, headers={"kid": KID})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    """One request; the path says what is asked."""

    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        leads = {"/authorize": self.provider.back_address, "/sign-out": self.provider.way_out}
        if parts.path in leads:
            self.send_response(302)
            self.send_header("Location", leads[parts.path](asked))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            answers = {
                "/.well-known/openid-configuration": self.provider.discovery,
                "/keys": self.provider.keys,
                "/userinfo": lambda: self.provider.person,
            }
            self.say(parts.path, answers[parts.path])

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        values = {name: values[0] for name, values in parse_qs(sent).items()}
        assert self.headers["Authorization"] == _basic_auth_str(CLIENT, SECRET)
        self.say("/token", lambda: self.provider.token(values))

    def say(self, path: str, answer: Any) -> None:
        self.provider.asked.append(path)
        time.sleep(self.provider.seconds.get(path, 0))
        body = self.provider.bodies.get(path) or json.dumps(answer()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    provider = Provider(int(sys.argv[1]))
    print(f"OIDC_ISSUER={provider.issuer} OIDC_CLIENT_ID={CLIENT} OIDC_CLIENT_SECRET={SECRET}")
    print("OIDC_NAME='Town hall account|Cuenta municipal' OIDC_DOMAINS=alderbay.example")
    provider.server.serve_forever()
