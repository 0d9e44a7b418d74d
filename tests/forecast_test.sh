#!/usr/bin/env bash
# The jobs of examples/ci in a clone with a branch of its own, against a stand-in for the two services' interfaces on
# this machine that keeps the comments it gets. Status 77: what is needed is not installed.
set -euo pipefail

for command in git curl python3; do
    command -v "$command" > /dev/null || exit 77
done
jobs=$DECTPROV_ROOT/examples/ci
work=$(mktemp -d)
server=
trap 'kill $server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

cat > stub.py << 'END'
import email.parser, http.server, json

class Stub(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        if kind.startswith("multipart/"):  # GitLab: one part, `body`
            message = email.parser.BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
            parts = {part.get_param("name", header="content-disposition"): part.get_payload(decode=True).decode()
                     for part in message.get_payload()}
        else:
            parts = json.loads(body)
        with open("comments", "a", encoding="utf-8") as out:
            token = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization")
            json.dump({"path": self.path, "token": token, "text": parts["body"]}, out)
            out.write("\n")
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_):
        pass

stub = http.server.HTTPServer(("127.0.0.1", 0), Stub)
print(stub.server_port, flush=True)
stub.serve_forever()
END
# The server says its port once it listens.
exec 3< <(exec python3 stub.py)
server=$!
read -r -t 60 port <&3
api=http://127.0.0.1:$port

# What `gh pr comment NUMBER … --body-file FILE` sends.
mkdir bin
cat > bin/gh << END
#!/usr/bin/env bash
[[ "\$1 \$2" == "pr comment" ]] || exit 1
number=\$3
while [[ \$1 != --body-file ]]; do shift; done
python3 -c 'import json, sys; print(json.dumps({"body": open(sys.argv[1]).read()}))' "\$2" |
    curl --fail --silent --show-error --header "Authorization: token \$GH_TOKEN" \\
        --header "Content-Type: application/json" --data-binary @- "$api/repos/o/r/issues/\$number/comments"
END
chmod +x bin/gh
ln -s "$DECTPROV_BINARY" bin/dectprov
export PATH=$work/bin:$PATH

commit() { git add -A && git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -qm "$1"; }
config() {
    printf '<config><license>PLANTED-KEY-1</license><sip><dtmf><duration>%s</duration></dtmf></sip></config>\n' "$1"
}
git init -q -b main origin
(
    cd origin
    cp "$jobs/forecast.sh" .
    config 270 > 0013d1800032-config.xml
    commit first
    git checkout -q -b change
    config 299 > 0013d1800032-config.xml
    commit second
    git checkout -q main
    # What others merge meanwhile is not this change.
    printf '<users/>\n' > 0013d1800033-users.xml
    commit third
)
git clone -q -b change origin clone
cd clone

script() { sed -n "$1" "$2" | sed "s/^'\(.*\)'\$/\1/"; }
GITHUB_BASE_REF=main GH_TOKEN=secret-1 NUMBER=7 \
    bash -euc "$(script 's/^        run: //p' "$jobs/github.yml")"
cp forecast.md github.md
git update-ref -d refs/remotes/origin/main
CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_API_V4_URL=$api/api/v4 CI_PROJECT_ID=12 CI_MERGE_REQUEST_IID=8 \
    FORECAST_TOKEN=secret-2 bash -euc "$(script 's/^    - //p' <(sed -n '/^  script:/,/^  artifacts:/p' "$jobs/gitlab.yml"))"
cmp forecast.md github.md
[[ -s forecast.html ]]

python3 - ../comments forecast.md << 'END'
import json, sys
comments = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
text = open(sys.argv[2], encoding="utf-8").read()
assert [c["path"] for c in comments] == ["/repos/o/r/issues/7/comments", "/api/v4/projects/12/merge_requests/8/notes"]
assert [c["token"] for c in comments] == ["token secret-1", "secret-2"]
for comment in comments:
    assert comment["text"].strip() == text.strip(), comment
assert "270 -&gt; 299" in text and "1 changed" in text and "0013d1800033" not in text, text
assert "PLANTED" not in text
END
echo "both jobs leave their comment"
