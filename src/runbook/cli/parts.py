"""click's commands in two languages. A help text is written as `help=say("…").id`: its English is the message id, and
its Japanese is looked up when the help is shown. Nothing else of click's own words reaches a user (see `helping`).
"""

from __future__ import annotations

from collections.abc import Collection

import click

from runbook.cli.helping import help_text
from runbook.errors import BadContent
from runbook.speech import say


def _show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(help_text(ctx))
        ctx.exit()


HELP = click.Option(
    ["--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help=say("Show this help and end.").id,
)


class Command(click.Command):
    """A command whose help and complaints are ours."""

    def get_help(self, ctx: click.Context) -> str:
        return help_text(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as wrong:
            wrong.ctx = wrong.ctx or ctx  # the parser's own complaints come without
            raise
        if rest:
            raise BadContent(
                say("“{text}” is one word too many here.", text=rest[0]),
                say("Put a text of several words in quotes: “…”."),
            )
        return rest


class Group(click.Group):
    """A command of commands."""

    command_class = Command

    def get_help(self, ctx: click.Context) -> str:
        return help_text(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            wrong.ctx = wrong.ctx or ctx
            raise


class OneOf(click.Choice[str]):
    """One word of a few."""

    def __init__(self, words: Collection[str]) -> None:
        super().__init__(list(words))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return value
        raise BadContent(
            say("“{text}” is not possible here.", text=value),
            say("Choose one of: {options}.", options=", ".join(self.choices)),
        )


class Whole(click.ParamType[int]):
    """A whole number, such as that of an entry; "#12" counts as 12."""

    name = "N"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        digits = str(value).removeprefix("#")
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            return int(digits)
        raise BadContent(say("“{text}” is not a whole number.", text=str(value)), say("Write digits only, such as 12."))


class Seed(click.ParamType[int]):
    """A number to draw from."""

    name = "N"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from runbook.drills.room import seed_of

        return seed_of(str(value))


WHOLE = Whole()
SEED = Seed()
