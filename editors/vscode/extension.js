// SPDX-License-Identifier: MIT
// Starts the installed dectprov as a language server, and shows what its two commands answer.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

const patterns = [
    '**/*-config.xml',
    '**/*-users.xml',
    '**/*-handset_config_group_*.xml',
    '**/*.ver',
    '**/*.yaml',
    '**/*.yml',
    '**/*.csv',
];

let client;

// What the cursor is in, as the commands of the server take it.
function subject() {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return undefined;
    const { line, character } = editor.selection.active;
    return { uri: client.code2ProtocolConverter.asUri(editor.document.uri), position: { line, character } };
}

async function ask(command) {
    const about = subject();
    if (!about) return undefined;
    try {
        return await client.sendRequest('workspace/executeCommand', { command, arguments: [about] });
    } catch (error) {
        vscode.window.showWarningMessage(`dectprov: ${error.message}`);
        return undefined;
    }
}

async function show(content, language) {
    const document = await vscode.workspace.openTextDocument({ content, language });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function showPreview() {
    const answer = await ask('dectprov.preview');
    if (!answer) return;
    const files = answer.files.map((file) => `<!-- ${file.name} -->\n${file.text}`);
    await show(files.join('\n'), 'xml');
}

async function showEffects() {
    const answer = await ask('dectprov.effects');
    if (answer) await show(answer.text, 'plaintext');
}

async function activate(context) {
    const settings = vscode.workspace.getConfiguration('dectprov');
    const run = { command: settings.get('path'), args: ['lsp', ...settings.get('arguments')] };
    client = new LanguageClient('dectprov', 'dectprov', run, {
        documentSelector: patterns.map((pattern) => ({ scheme: 'file', pattern })),
        // The commands are asked for with a place, by the two below.
        middleware: { executeCommand: () => undefined },
    });
    context.subscriptions.push(
        vscode.commands.registerCommand('dectprov.showPreview', showPreview),
        vscode.commands.registerCommand('dectprov.showEffects', showEffects),
    );
    await client.start();
}

function deactivate() {
    return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
