// Package jinja renders Jinja templates with the value semantics of Python.
package jinja
