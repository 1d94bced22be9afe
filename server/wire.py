"""Uvicorn's WebSocket, with bounded buffers, and ends after which clients connect again."""

import resource
import socket
from asyncio import BaseTransport
from contextlib import suppress

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

BUFFER_BYTES = 128 * 1024
"""What the system keeps for a client that reads slowly; left alone, it lets that grow to megabytes."""
RESTARTING = 1012
"""RFC 6455's registry: the service restarts, connect again."""
HINT = "Restarting: connect again, and go on from your cursor"


class Wire(WebSocketsSansIOProtocol):
    """A WebSocket of the service."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)

    def keepalive_timeout(self) -> None:
        """Drop a client that answers no ping: it reads nothing, so nothing that is written now would ever leave.

        Uvicorn would keep what it has to say for ever, and say 1011, after which the official client gives up.
        """
        self.stop_keepalive()
        self.transport.abort()

    def shutdown(self) -> None:
        """Tell the client to connect again."""
        if not self.handshake_complete or self.close_sent:
            super().shutdown()
            return
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": RESTARTING})
        self.conn.send_close(RESTARTING, HINT)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()


def allow_many_sockets() -> None:
    """Take as many open files as the system gives: one for each client, and shells begin with 1,024."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with suppress(ValueError, OSError):  # macOS gives less than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
