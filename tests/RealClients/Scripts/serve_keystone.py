"""Serves Keystone's WSGI application on loopback: port. As keystone-wsgi-public does, but with more than one request at a time."""
import socketserver
import sys
from wsgiref import simple_server

from keystone.server import wsgi


class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True
    request_queue_size = 64


port = int(sys.argv.pop())
simple_server.make_server("127.0.0.1", port, wsgi.initialize_public_application(), Server).serve_forever()
