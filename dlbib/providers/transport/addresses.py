"""Which addresses may be asked: the service's own over https, and servers on this machine that were named."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from dlbib.errors import InvalidOptionError
from dlbib.providers.transport.failures import Unusable

if TYPE_CHECKING:
    from dlbib.providers.transport.settings import Options, Service

_PORTS: Final = {"http": 80, "https": 443}
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")


def endpoint(service: Service, options: Options) -> str:
    """The address to ask: the service's, or the one named for it; plain http to the service's hosts becomes https.

    Raises `InvalidOptionError` for an address that is neither the service's nor on this machine, and for a
    delay that is less than the service asks for where it is not on this machine.
    """
    parts = _parts(options.url or service.url)
    if parts is None or parts.username is not None or parts.password is not None or parts.fragment:
        message = f"the address of {service.title} is not one of http or https without user and fragment"
        raise InvalidOptionError(message)
    if not is_loopback(parts.hostname or ""):
        parts = _upgraded(parts)
        _require_hosts(parts, service)
        _require_delay(service, options)
    return urlunsplit(parts)


def interval_s(service: Service, options: Options) -> float:
    """The seconds between two requests."""
    return service.interval_s if options.interval_s is None else options.interval_s


def site(service: Service, options: Options) -> str:
    """The name of what is asked: the service's, with host and port where it is another server.

    Whoever shares a pace shares it by this name.
    """
    parts = urlsplit(endpoint(service, options))
    if not is_loopback(parts.hostname or ""):
        return service.name
    return f"{service.name}@{parts.hostname}-{_port(parts)}"


def redirected(url: str, location: str, service: Service) -> str:
    """Where a redirect from ``url`` leads; raises `Unusable` unless that may be asked too.

    A server on this machine leads to itself alone, and the service to its own hosts over https.
    """
    target = _joined(url, location)
    origin = urlsplit(url)
    if target is not None and target.username is None and target.password is None:
        if is_loopback(origin.hostname or ""):
            is_same = (target.scheme, target.hostname, _port(target)) == (
                origin.scheme,
                origin.hostname,
                _port(origin),
            )
            if is_same:
                return urlunsplit(target._replace(fragment=""))
        elif target.scheme == "https" and _port(target) == _PORTS["https"] and _is_of(target, service):
            return urlunsplit(target._replace(fragment=""))
    reason = f"SEC-REDIRECT: it leads to {shown(location)}, where {service.title} has no business"
    raise Unusable(reason, tries=1)


def shown(url: str) -> str:
    """An address for people to read: without user, query and what can't be seen."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        plain = urlunsplit(SplitResult(parts.scheme, host, parts.path, "", ""))
    except ValueError:
        plain = "an address that is none"
    return _UNSEEN.sub("?", plain)[:200]


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: ``localhost``, or an address that is by its form.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost.arxiv.org")
    (True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(url: str) -> SplitResult | None:
    """The parts of an address of http or https; ``None`` if it is none."""
    if _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        _port(parts)
    except ValueError:
        return None
    return parts if parts.scheme in _PORTS and parts.hostname else None


def _joined(url: str, location: str) -> SplitResult | None:
    try:
        return None if _UNSEEN.search(location) else _parts(urljoin(url, location))
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)


def _upgraded(parts: SplitResult) -> SplitResult:
    if parts.scheme != "http" or parts.port not in {None, _PORTS["http"]}:
        return parts
    return parts._replace(scheme="https", netloc=parts.hostname or "")


def _is_of(parts: SplitResult, service: Service) -> bool:
    host = (parts.hostname or "").lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in service.hosts)


def _require_hosts(parts: SplitResult, service: Service) -> None:
    if parts.scheme != "https" or not _is_of(parts, service):
        allowed = " or ".join(service.hosts)
        message = (
            f"{shown(urlunsplit(parts))} may not be asked for {service.title}; "
            f"name an https address at {allowed}, or a server on this machine"
        )
        raise InvalidOptionError(message)


def _require_delay(service: Service, options: Options) -> None:
    if not interval_s(service, options) >= service.interval_s:
        message = (
            f"{service.title} asks for {service.interval_s:g} seconds between requests, not {options.interval_s:g}; "
            "a shorter delay is for servers on this machine alone"
        )
        raise InvalidOptionError(message)


def require_sound(options: Options) -> None:
    """Raise `InvalidOptionError` unless times are times, the contact can stand in a header, and the proxy is an address."""
    times = (options.connect_timeout_s, options.read_timeout_s, options.deadline_s)
    if not all(0 < each < float("inf") for each in times):
        message = "time-outs are more than 0 seconds, and end"
        raise InvalidOptionError(message)
    if options.interval_s is not None and not 0 <= options.interval_s <= 3600:  # noqa: PLR2004  # an hour
        message = f"a delay is 0 to 3600 seconds, not {options.interval_s:g}"
        raise InvalidOptionError(message)
    if options.proxy and _parts(options.proxy) is None:
        message = "a proxy is an address of http or https, such as http://proxy.example.org:3128"
        raise InvalidOptionError(message)
    if _UNSEEN.search(options.contact):
        message = "a contact is an address without spaces and control characters, such as ada@example.org"
        raise InvalidOptionError(message)
