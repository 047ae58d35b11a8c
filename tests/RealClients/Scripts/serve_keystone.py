"""Serves Keystone's WSGI application on loopback: port. Keystone makes its threads eventlet's, so the server is eventlet's too:
under one with threads of its own, now and then a request ends without an answer."""
import eventlet

eventlet.monkey_patch()

import sys

import eventlet.wsgi
from keystone.server import wsgi

port = int(sys.argv.pop())
eventlet.wsgi.server(eventlet.listen(("127.0.0.1", port)), wsgi.initialize_public_application(), log_output=False)
