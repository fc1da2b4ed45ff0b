"""Just enough of libpq to measure a backend: connections that stay, prepared
statements, and the CPU time that the backend behind a connection has used."""

import ctypes
import pathlib
import time

COMMAND_OK, TUPLES_OK, COPY_OUT = 1, 2, 3


def load(directory):
    """Load libpq, from the directory or from where the system finds it."""
    try:
        library = ctypes.CDLL(f'{directory}/libpq.so.5')
    except OSError:
        library = ctypes.CDLL('libpq.so.5')
    for name in ('PQconnectdb', 'PQexec', 'PQprepare', 'PQexecPrepared', 'PQgetResult'):
        getattr(library, name).restype = ctypes.c_void_p
    library.PQfreemem.argtypes = [ctypes.c_void_p]
    for name in ('PQerrorMessage', 'PQgetvalue'):
        getattr(library, name).restype = ctypes.c_char_p
    return library


class Connection:
    """One session.  Errors of the server raise RuntimeError."""

    def __init__(self, library, conninfo):
        self.library = library
        self.handle = ctypes.c_void_p(library.PQconnectdb(conninfo.encode()))
        if library.PQstatus(self.handle) != 0:
            raise RuntimeError(library.PQerrorMessage(self.handle).decode())
        self.pid = library.PQbackendPID(self.handle)

    def close(self):
        self.library.PQfinish(self.handle)

    def _drop_copy(self):
        get, free, handle = self.library.PQgetCopyData, self.library.PQfreemem, self.handle
        row = ctypes.c_void_p()
        address = ctypes.byref(row)
        while get(handle, address, 0) > 0:
            free(row)
        self._rows(self.library.PQgetResult(handle))
        self.library.PQgetResult(handle)

    def _rows(self, result):
        library, result = self.library, ctypes.c_void_p(result)
        try:
            status = library.PQresultStatus(result)
            if status not in (COMMAND_OK, TUPLES_OK, COPY_OUT):
                raise RuntimeError(library.PQerrorMessage(self.handle).decode())
            if status == COPY_OUT:
                self._drop_copy()
                return []
            return [[library.PQgetvalue(result, row, column).decode()
                     for column in range(library.PQnfields(result))]
                    for row in range(library.PQntuples(result))]
        finally:
            library.PQclear(result)

    def query(self, sql):
        """The rows, as text; NULL is empty.  What COPY sends is read and dropped."""
        return self._rows(self.library.PQexec(self.handle, sql.encode()))

    def prepare(self, sql):
        self._rows(self.library.PQprepare(self.handle, b'bench', sql.encode(), 0, None))

    def execute(self, *values):
        """Run what was prepared."""
        array = (ctypes.c_char_p * len(values))(*(str(value).encode() for value in values))
        return self._rows(self.library.PQexecPrepared(self.handle, b'bench', len(values), array,
                                                      None, None, 0))

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
