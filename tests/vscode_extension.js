// SPDX-License-Identifier: MIT
// Runs the extension for VS Code with the real program, in the place of VS Code and of vscode-languageclient what they do
// for it. usage: vscode_extension.js EXTENSION PROGRAM FOLDER, a folder with site.yaml under git.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');
const fs = require('fs');
const Module = require('module');
const path = require('path');
const { pathToFileURL } = require('url');

const [extension, program, folder] = process.argv.slice(2).map((one) => path.resolve(one));
const about = JSON.parse(fs.readFileSync(path.join(extension, 'package.json'), 'utf8'));
const site = path.join(folder, 'site.yaml');

// A client that speaks the protocol over the pipes of the program that it starts.
class LanguageClient {
    constructor(id, name, run, options) {
        Object.assign(this, { run, options, last: 0, waiting: new Map(), bytes: Buffer.alloc(0) });
        this.code2ProtocolConverter = { asUri: (uri) => uri.toString() };
    }
    async start() {
        this.process = spawn(this.run.command, this.run.args, { stdio: ['pipe', 'pipe', 'inherit'] });
        this.ended = new Promise((done) => this.process.on('exit', done));
        this.process.stdout.on('data', (bytes) => this.take(bytes));
        const folders = [{ uri: pathToFileURL(folder).toString(), name: 'f' }];
        await this.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: folders });
        this.send({ method: 'initialized', params: {} });
        const text = fs.readFileSync(site, 'utf8');
        const document = { uri: pathToFileURL(site).toString(), languageId: 'yaml', version: 1, text };
        this.send({ method: 'textDocument/didOpen', params: { textDocument: document } });
    }
    async stop() {
        await this.sendRequest('shutdown', null);
        this.send({ method: 'exit', params: null });
        return this.ended;
    }
    sendRequest(method, params) {
        const id = ++this.last;
        this.send({ id, method, params });
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    }
    send(message) {
        const text = JSON.stringify({ jsonrpc: '2.0', ...message });
        this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    }
    take(bytes) {
        this.bytes = Buffer.concat([this.bytes, bytes]);
        for (;;) {
            const begin = this.bytes.indexOf('\r\n\r\n') + 4;
            if (begin < 4) return;
            const size = Number(/Content-Length: (\d+)/.exec(this.bytes.toString('latin1', 0, begin))[1]);
            if (this.bytes.length < begin + size) return;
            const message = JSON.parse(this.bytes.toString('utf8', begin, begin + size));
            this.bytes = this.bytes.subarray(begin + size);
            const waiting = message.method === undefined ? this.waiting.get(message.id) : undefined;
            if (waiting && message.error) waiting.reject(new Error(message.error.message));
            else if (waiting) waiting.resolve(message.result);
        }
    }
}

const registered = new Map();
const shown = [];
const complaints = [];
const vscode = {
    window: {
        activeTextEditor: {
            document: { uri: pathToFileURL(site) },
            selection: { active: { line: 3, character: 4 } },
        },
        showTextDocument: async (document) => shown.push(document),
        showWarningMessage: (text) => complaints.push(text),
    },
    workspace: {
        getConfiguration: () => ({ get: (key) => (key === 'path' ? program : ['--no-config']) }),
        openTextDocument: async (document) => document,
    },
    commands: { registerCommand: (name, run) => registered.set(name, run) },
    ViewColumn: { Beside: -2 },
};

const stubs = { vscode, 'vscode-languageclient/node': { LanguageClient } };
const load = Module._load;
Module._load = (name, ...rest) => stubs[name] ?? load(name, ...rest);

async function main() {
    for (const file of [about.icon, about.main]) assert(fs.existsSync(path.join(extension, file)), `${file} is missing`);
    const { activate, deactivate } = require(path.join(extension, about.main));
    await activate({ subscriptions: [] });
    assert.deepStrictEqual([...registered.keys()].sort(), about.contributes.commands.map((one) => one.command).sort());
    await registered.get('dectprov.showPreview')();
    await registered.get('dectprov.showEffects')();
    assert.deepStrictEqual(complaints, []);
    assert.match(shown[0].content, /0013d1800040-users\.xml[^]*9001/);
    assert(!shown[0].content.includes('geheim'), 'a secret is shown');
    assert.match(shown[1].content, /user\[9001\]/);
    vscode.window.activeTextEditor = undefined;
    await registered.get('dectprov.showPreview')();
    assert.strictEqual(shown.length, 2);
    assert.strictEqual(await deactivate(), 0);
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
