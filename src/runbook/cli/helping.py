"""Help texts and complaints about usage, in the language asked for: the place where click's own words are replaced."""

from __future__ import annotations

import click

from runbook.cli.session import Session
from runbook.errors import BadContent, meant
from runbook.speech import Message, Speaker, say, speaker
from runbook.wording.safe import cells


def help_text(ctx: click.Context) -> str:
    """Everything about a command: usage, what it does, its arguments, options and commands."""
    speak = _speaker(ctx)
    blocks = [speak(say("Usage: {usage}", usage=usage_line(ctx)))]
    if ctx.command.help:
        blocks.append(f"  {speak(Message(ctx.command.help))}")
    arguments, options = parameters(ctx, speak)
    if arguments:
        blocks.append(speak(say("Arguments:")) + table(arguments))
    if options:
        blocks.append(speak(say("Options:")) + table(options))
    if isinstance(ctx.command, click.Group):
        blocks.append(speak(say("Commands:")) + table(commands(ctx, ctx.command, speak)))
    return "\n\n".join(blocks)


def usage_line(ctx: click.Context) -> str:
    """The command with its parts, as one types it."""
    speak = _speaker(ctx)
    words = {
        "[OPTIONS]": say("[OPTIONS]"),
        "COMMAND [ARGS]...": say("COMMAND …"),
        "[COMMAND] [ARGS]...": say("[COMMAND …]"),
    }
    pieces = [speak(words[piece]) if piece in words else piece for piece in ctx.command.collect_usage_pieces(ctx)]
    return " ".join([ctx.command_path, *pieces])


def parameters(ctx: click.Context, speak: Speaker) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Arguments and options, each with its sentence."""
    arguments, options = [], []
    for param in ctx.command.get_params(ctx):
        if isinstance(param, click.Argument):
            arguments.append((param.make_metavar(ctx), _explained(param.help, speak)))
        elif isinstance(param, click.Option) and not param.hidden:
            value = "" if param.is_flag else f" {param.make_metavar(ctx)}"
            options.append((", ".join(param.opts) + value, _explained(param.help, speak)))
    return arguments, options


def commands(ctx: click.Context, group: click.Group, speak: Speaker) -> list[tuple[str, str]]:
    """A group's commands, each with its sentence."""
    found = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    return [(name, _explained(command.help, speak)) for name, command in found if command and not command.hidden]


def table(rows: list[tuple[str, str]]) -> str:
    """Two columns, the second one aligned where that leaves it room."""
    widest = max((cells(left) for left, _ in rows if cells(left) <= 30), default=0)
    lines = ""
    for left, right in rows:
        gap = " " * (widest - cells(left) + 2) if cells(left) <= widest else "\n" + " " * (widest + 4)
        lines += f"\n  {left}{gap}{right}".rstrip()
    return lines


def usage_error(wrong: click.ClickException) -> BadContent:
    """A complaint about usage, with how to write it."""
    ctx = getattr(wrong, "ctx", None)
    hint = say("Usage: {usage}", usage=usage_line(ctx)) if isinstance(ctx, click.Context) else None
    match wrong:
        case click.NoSuchOption(option_name=name):
            return BadContent(say("There is no option {name} here.", name=name), hint)
        case click.UsageError(ctx=click.Context() as at) if isinstance(wrong, click.exceptions.NoSuchCommand):
            return _no_such_command(wrong.command_name, at)
        case click.MissingParameter(param=click.Parameter() as param, ctx=click.Context() as at):
            return BadContent(say("{name} is missing.", name=param.get_error_hint(at).strip("'")), hint)
        case click.BadOptionUsage(option_name=name):
            return BadContent(_option_misused(name, ctx), hint)
    return BadContent(say("This was not understood: {problem}", problem=wrong.format_message()), hint)


def _no_such_command(name: str, ctx: click.Context) -> BadContent:
    known = ctx.command.list_commands(ctx) if isinstance(ctx.command, click.Group) else []
    hint = meant(name, known, say("“{command} --help” lists the commands.", command=ctx.command_path))
    return BadContent(say("There is no command “{name}”.", name=name), hint)


def _option_misused(name: str, ctx: object) -> Message:
    params = ctx.command.get_params(ctx) if isinstance(ctx, click.Context) else []
    flag = any(isinstance(param, click.Option) and param.is_flag and name in param.opts for param in params)
    return say("{name} takes no value.", name=name) if flag else say("{name} needs a value.", name=name)


def _explained(about: str | None, speak: Speaker) -> str:
    return speak(Message(about)) if about else ""


def _speaker(ctx: click.Context) -> Speaker:
    session = ctx.find_object(Session)
    return session.speak if session else speaker("en")
