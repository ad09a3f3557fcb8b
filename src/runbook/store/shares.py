"""Whether a file is on another machine's disk, where SQLite's locks and shared memory cannot be trusted."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_SHARES = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|ncpfs|ceph|glusterfs|lustre|davfs\d?|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|smb\w*|s3fs)"
)
_MOUNTS = Path("/proc/self/mountinfo")


def network_share(path: Path) -> str | None:
    """The kind of share `path` (absolute, links resolved) is on, or None where it is on this machine or unknown."""
    kind = ""
    if sys.platform == "win32":
        # Imported here: only this system needs it.
        import ctypes

        drive_remote = 4
        if str(path).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == drive_remote:
            kind = "smb"
    elif _MOUNTS.exists():
        kind = filesystem(path, _MOUNTS.read_text(errors="surrogateescape"))
    return kind if _SHARES.fullmatch(kind) else None


def filesystem(path: Path, mountinfo: str) -> str:
    """The type of the file system `path` is on, read from Linux's mountinfo (proc(5)); "" if none covers it."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        mount, _, source = line.partition(" - ")
        point = Path(re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), mount.split(" ")[4]))
        # Of several mounts on one point the last is the one seen.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), source.split(" ")[0]
    return kind
