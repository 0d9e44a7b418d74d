#!/usr/bin/env bash
# Drives real editors with `dectprov lsp`, as docs/editors.md and docs/integrations.md set them up: findings, hover,
# completion and a fix, as they show them.
set -euo pipefail

command -v nvim > /dev/null || { echo "left out: neovim is not installed"; exit 77; }
command -v emacs > /dev/null || { echo "left out: emacs is not installed"; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/.git" "$folder/home"
mkdir "$folder/bin"
ln -s "$DECTPROV_BINARY" "$folder/bin/dectprov"
export PATH=$folder/bin:$PATH
export HOME=$folder/home XDG_CONFIG_HOME=$folder/home XDG_DATA_HOME=$folder/home XDG_STATE_HOME=$folder/home

cat > "$folder/0013d1800032-config.xml" << 'XML'
<?xml version="1.0" encoding="UTF-8"?>
<config>
  <sip>
    <dtmf>
      <duration> 270</duration>
    </dtmf>
  </sip>
</config>
XML

# block PAGE LANGUAGE NUMBER: the block of that number, from 1, among those of the language in a page.
block() {
    awk -v fence="\`\`\`$2" -v wanted="$3" '
        $0 == "```" { inside = 0 }
        inside && number == wanted
        $0 == fence { ++number; inside = 1 }' "$DECTPROV_ROOT/docs/$1" | tee "$folder/block"
    [[ -s $folder/block ]] || { echo "docs/$1 has no block $3 of $2" >&2; exit 1; }
}
# How Debian 12 has them: for newer ones other lines stand there.
block editors.md lua 2 > "$folder/manual.lua"
block editors.md lisp 1 > "$folder/manual.el"
block integrations.md vim 1 > "$folder/manual.vim"
block integrations.md lua 1 > "$folder/nvim_lint.lua"

cat > "$folder/nvim.lua" << 'LUA'
local say = function(text) io.stdout:write(text, '\n') end
local file = os.getenv('FOLDER') .. '/0013d1800032-config.xml'
vim.cmd('luafile ' .. os.getenv('FOLDER') .. '/manual.lua')
vim.cmd('edit ' .. file)
local most = 300000 -- milliseconds: as on a machine that does much else at once
local found = vim.wait(most, function() return #vim.diagnostic.get(0) > 0 end, 20)
if not found then say('no diagnostics') vim.cmd('cquit') end
local id = vim.lsp.get_active_clients()[1].id
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, most)
  return answers and answers[id] and answers[id].result
end
local at = function(line, character)
  return { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = character } }
end
for _, one in ipairs(vim.diagnostic.get(0)) do
  if one.code == 'value/space' or (one.user_data and one.user_data.lsp.code == 'value/space') then
    say('finding: ' .. one.lnum + 1 .. ':' .. one.col + 1 .. ' ' .. one.message:match('[^\n]*'))
  end
end
say('hover: ' .. ask('textDocument/hover', at(4, 10)).contents.value:match('[^\n]*'))
local offered = {}
for _, item in ipairs(ask('textDocument/completion', at(3, 7)).items) do offered[item.label] = true end
say('completion: ' .. (offered['dtmf'] and 'dtmf' or 'nothing'))
local actions = ask('textDocument/codeAction', {
  textDocument = { uri = vim.uri_from_bufnr(0) },
  range = { start = { line = 0, character = 0 }, ['end'] = { line = 9, character = 0 } },
  context = { diagnostics = {} },
})
for _, action in ipairs(actions) do
  if action.kind == 'source.fixAll.dectprov' then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
end
say('fixed: ' .. vim.api.nvim_buf_get_lines(0, 4, 5, true)[1])
local clean = vim.wait(most, function()
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.message:find('white space') or one.message:find('blank') then return false end
  end
  return true
end, 20)
say('after the fix: ' .. (clean and 'clean' or 'still there'))
vim.cmd('qall!')
LUA

# Without the language server: the quickfix list, and nvim-lint, in whose place are the two functions that its lines use.
cat > "$folder/quickfix.lua" << 'LUA'
local folder = os.getenv('FOLDER')
local say = function(text) io.stdout:write(text, '\n') end
vim.cmd('source ' .. folder .. '/manual.vim')
vim.cmd('edit ' .. folder .. '/0013d1800032-config.xml')
vim.cmd('silent make')
for _, one in ipairs(vim.fn.getqflist()) do
  if one.text:find('value/space', 1, true) then say('quickfix: ' .. one.lnum .. ':' .. one.col .. ' ' .. one.type) end
end
local lint = { linters = {}, linters_by_ft = {} }
package.preload['lint'] = function() return lint end
package.preload['lint.parser'] = function()
  return { from_pattern = function(pattern, groups, severities)
    return function(line)
      local found = { line:match(pattern) }
      local one = {}
      for i, name in ipairs(groups) do one[name] = found[i] end
      one.severity = severities[one.severity]
      return one
    end
  end }
end
vim.cmd('luafile ' .. folder .. '/nvim_lint.lua')
local linter = lint.linters[lint.linters_by_ft.xml[1]]
local command = { linter.cmd }
for _, one in ipairs(linter.args) do table.insert(command, type(one) == 'function' and one() or one) end
for line in vim.fn.system(command, vim.api.nvim_buf_get_lines(0, 0, -1, true)):gmatch('[^\n]+') do
  local one = linter.parser(line)
  if one.code == 'value/space' then
    say('nvim-lint: ' .. one.lnum .. ':' .. one.col .. ' ' .. (one.severity == vim.diagnostic.severity.WARN and 'W' or '?'))
  end
end
vim.cmd('qall!')
LUA

cat > "$folder/emacs.el" << 'LISP'
(require 'package)
(dolist (folder '("/usr/share/emacs/site-lisp/elpa" "/usr/share/emacs/site-lisp/elpa-src"))
  (add-to-list 'package-directory-list folder))
(package-initialize)
(require 'eglot)
(setq eglot-connect-timeout 300 eglot-sync-connect 300)
(load (concat (getenv "FOLDER") "/manual.el"))
(setq vc-handled-backends nil)
(find-file (concat (getenv "FOLDER") "/0013d1800032-config.xml"))
(defun project-here (_dir) (cons 'transient (concat (getenv "FOLDER") "/")))
(setq project-find-functions '(project-here))
(apply #'eglot (eglot--guess-contact))
(let ((end (+ (float-time) 300)))
  (while (and (< (float-time) end) (null (flymake-diagnostics)))
    (accept-process-output nil 0.05)
    (flymake-start)))
(dolist (one (flymake-diagnostics))
  (when (string-match-p "value/space\\|white space" (flymake-diagnostic-text one))
    (princ (format "finding: line %d\n" (line-number-at-pos (flymake-diagnostic-beg one))))))
(goto-char (point-min))
(search-forward "<durat")
(let* ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))
       (text (plist-get (plist-get answer :contents) :value)))
  (princ (format "hover: %s\n" (car (split-string text "\n")))))
(eglot-shutdown (eglot-current-server))
LISP

export FOLDER=$folder
quiet_nvim() { timeout 900 nvim --headless -u NONE -i NONE -n -c "luafile $1" 2>&1 | tr -d '\r'; }
seen=$(quiet_nvim "$folder/quickfix.lua")
for line in 'quickfix: 5:17 w' 'nvim-lint: 5:17 W'; do
    [[ $seen == *"$line"* ]] || { printf 'nvim does not show "%s":\n%s\n' "$line" "$seen"; exit 1; }
done
seen=$(quiet_nvim "$folder/nvim.lua")
# shellcheck disable=SC2016  # the backquotes are the editor's
for line in 'finding: 5:17 ' 'hover: ### `sip.dtmf.duration`' 'completion: dtmf' 'fixed:       <duration>270</duration>' \
    'after the fix: clean'; do
    [[ $seen == *"$line"* ]] || { printf 'nvim does not show "%s":\n%s\n' "$line" "$seen"; exit 1; }
done

seen=$(timeout 900 emacs -Q --batch -l "$folder/emacs.el" 2> "$folder/emacs.log") || { cat "$folder/emacs.log"; exit 1; }
for line in 'finding: line 5' 'hover: sip.dtmf.duration'; do
    [[ $seen == *"$line"* ]] || { printf 'emacs does not show "%s":\n%s\n' "$line" "$seen"; cat "$folder/emacs.log"; exit 1; }
done
echo "nvim and emacs show findings, hover, completion and a fix"
