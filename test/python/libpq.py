"""Just enough of libpq to drive a backend and to measure it: connections that
stay, prepared statements, and the CPU time that the backend has used."""

import ctypes
import pathlib
import time

COMMAND_OK, TUPLES_OK, COPY_OUT = 1, 2, 3
SQLSTATE_FIELD = ord('C')               # PG_DIAG_SQLSTATE


def load(directory):
    """Load libpq, from the directory or from where the system finds it."""
    try:
        library = ctypes.CDLL(f'{directory}/libpq.so.5')
    except OSError:
        library = ctypes.CDLL('libpq.so.5')
    for name in ('PQconnectdb', 'PQexec', 'PQprepare', 'PQexecPrepared', 'PQgetResult'):
        getattr(library, name).restype = ctypes.c_void_p
    library.PQfreemem.argtypes = [ctypes.c_void_p]
    for name in ('PQerrorMessage', 'PQgetvalue', 'PQresultErrorField'):
        getattr(library, name).restype = ctypes.c_char_p
    return library


class Error(RuntimeError):
    """What the server refused, and by which SQLSTATE."""

    def __init__(self, sqlstate, message):
        super().__init__(message)
        self.sqlstate = sqlstate


class Connection:
    """One session.  What the server refuses raises Error, and a session that
    cannot be opened RuntimeError."""

    def __init__(self, library, conninfo, keep_copy=False):
        self.library = library
        self.handle = ctypes.c_void_p(library.PQconnectdb(conninfo.encode()))
        if library.PQstatus(self.handle) != 0:
            raise RuntimeError(library.PQerrorMessage(self.handle).decode())
        self.pid = library.PQbackendPID(self.handle)
        self.keep_copy = keep_copy

    def close(self):
        self.library.PQfinish(self.handle)

    def _copied(self):
        """The lines that COPY sends, each as a row of one column."""
        get, free, handle = self.library.PQgetCopyData, self.library.PQfreemem, self.handle
        row = ctypes.c_void_p()
        address = ctypes.byref(row)
        lines = []
        while get(handle, address, 0) > 0:
            if self.keep_copy:
                lines.append([ctypes.string_at(row).decode()])
            free(row)
        self._rows(self.library.PQgetResult(handle))
        self.library.PQgetResult(handle)
        return lines

    def _rows(self, result):
        library, result = self.library, ctypes.c_void_p(result)
        try:
            status = library.PQresultStatus(result)
            if status not in (COMMAND_OK, TUPLES_OK, COPY_OUT):
                sqlstate = library.PQresultErrorField(result, SQLSTATE_FIELD)
                raise Error((sqlstate or b'08006').decode(),
                            library.PQerrorMessage(self.handle).decode())
            if status == COPY_OUT:
                return self._copied()
            return [[None if library.PQgetisnull(result, row, column) else
                     library.PQgetvalue(result, row, column).decode()
                     for column in range(library.PQnfields(result))]
                    for row in range(library.PQntuples(result))]
        finally:
            library.PQclear(result)

    def query(self, sql):
        """The rows of the last statement, as text, None for NULL; of COPY what it
        sends, if the session keeps that."""
        return self._rows(self.library.PQexec(self.handle, sql.encode()))

    def prepare(self, sql):
        self._rows(self.library.PQprepare(self.handle, b'prepared', sql.encode(), 0, None))

    def execute(self, *values):
        """Run what was prepared."""
        array = (ctypes.c_char_p * len(values))(
            *(None if value is None else str(value).encode() for value in values))
        return self._rows(self.library.PQexecPrepared(self.handle, b'prepared', len(values),
                                                      array, None, None, 0))

    def cpu(self):
        """Seconds of CPU time, user and system, that the idle backend has used.

        The kernel adds up what a running process uses at its next tick, or
        when it goes to sleep: so wait for that."""
        path = pathlib.Path(f'/proc/{self.pid}/schedstat')
        before, used = None, path.read_text().split()[0]
        while used != before:
            time.sleep(0.002)
            before, used = used, path.read_text().split()[0]
        return int(used) / 1e9

    def cost(self, sql):
        """Seconds of CPU time that a statement takes."""
        before = self.cpu()
        self.query(sql)
        return self.cpu() - before
