"""A server that answers at once: what is left of a load's times before it is the load generator's own."""

import asyncio
import re
import sys

_LENGTH = re.compile(rb"content-length: (\d+)", re.I)
_SAID = b'{"version": 1, "person": "", "token": "t"}'


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:  # somebody only felt whether the door was open
        return writer.close()
    length = _LENGTH.search(head)
    if length:
        await reader.readexactly(int(length[1]))
    body = _SAID if b"/arbete/" in head.split(b"\r\n")[0] else b"x" * 20_000 + b"</html>"
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
    await writer.drain()
    return writer.close()


async def main(port: int) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
