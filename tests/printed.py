"""Does a page print what is not there? Django then prints nothing; in the tests, it fails.

A number to call that is renamed in the code, and not in the template, would be an empty line on the
screen of somebody who needs it. What may be missing is asked before (`{% if %}`), not printed.
"""

from __future__ import annotations

from typing import Any

from django.template import Context
from django.template.base import FilterExpression, TokenType, VariableDoesNotExist, VariableNode
from django.templatetags.i18n import BlockTranslateNode


class NotThere(Exception):
    """A template prints a word that nobody gave it. Not one of the faults that Django forgives."""


def hold_pages_to_their_words() -> None:
    """From now on, whatever a template prints must be there."""
    VariableNode.render = _print  # type: ignore[method-assign]
    BlockTranslateNode.render = _say  # type: ignore[method-assign]


def _print(node: VariableNode, context: Context) -> str:
    _hold(node, node.filter_expression, context)
    return _printed(node, context)


def _say(node: BlockTranslateNode, context: Context, nested: bool = False) -> str:
    """A sentence with words to fill in: each that it takes, and each that it prints."""
    if not nested:
        for value in node.extra_context.values():
            _hold(node, value, context)
        said = {*node.extra_context, node.countervar}
        tokens = (*node.singular, *(node.plural or ()))
        printed = {token.contents for token in tokens if token.token_type == TokenType.VAR}
        for name in sorted(printed - said):
            if name not in context:
                raise NotThere(f"{_where(node)} prints {name}")
    return _said(node, context, nested)


def _hold(node: Any, printed: FilterExpression, context: Context) -> None:
    if printed.is_var:
        try:
            printed.var.resolve(context)
        except VariableDoesNotExist as missing:
            raise NotThere(f"{_where(node)} prints {printed.token}: {missing}") from missing


def _where(node: Any) -> str:
    return getattr(node.origin, "template_name", "")


_printed, _said = VariableNode.render, BlockTranslateNode.render
