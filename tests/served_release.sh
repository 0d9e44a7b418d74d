# What tests of installations share: a release as scripts/package.sh makes it, of the program of this build, served on
# loopback from the folder `release`. Sets version, name, sum, server (a process, to be ended) and url.
# shellcheck shell=bash
# shellcheck disable=SC2034
version=$("$DECTPROV_BINARY" --version | cut -d' ' -f2)
name=dectprov-$version-linux-$(uname -m)
mkdir -p "$name/bin" release
cp "$DECTPROV_BINARY" "$name/bin/dectprov"
tar -czf "release/$name.tar.gz" "$name"
cp "$DECTPROV_ROOT/scripts/install_release.sh" release/
sum=$(sha256sum "release/$name.tar.gz" | cut -d' ' -f1)

cat > serve.py << 'END'
import functools, http.server
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory="release"))
print(server.server_port, flush=True)
server.serve_forever()
END
exec 3< <(exec python3 serve.py)
server=$!
read -r -t 60 port <&3
url=http://127.0.0.1:$port
