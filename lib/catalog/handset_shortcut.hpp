// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/handset_rows.hpp"

namespace dectprov {

// The shortcut menu of the handset.
inline constexpr Param handset_shortcut_rows[] = {
    handset_section("cota.data.shortcut", "Entries of the shortcut menu", "guide line 2223"),
    handset_flag("cota.data.shortcut.phonebook_add_name",
                 "Shows adding a name to the phone book in the shortcut menu", "guide line 2224", "false"),
    handset_flag("cota.data.shortcut.auto_answer", "Shows auto answer in the shortcut menu",
                 "guide line 2225", "false"),
    handset_flag("cota.data.shortcut.auto_key_lock", "Shows auto key lock in the shortcut menu",
                 "guide line 2226", "false"),
    handset_flag("cota.data.shortcut.backlight", "Shows backlight in the shortcut menu", "guide line 2227",
                 "false"),
    handset_flag("cota.data.shortcut.headset", "Shows headset in the shortcut menu", "guide line 2228",
                 "false"),
    handset_flag("cota.data.shortcut.message_inbox", "Shows received messages in the shortcut menu",
                 "guide line 2229", "false"),
    handset_flag("cota.data.shortcut.message_new", "Shows writing a message in the shortcut menu",
                 "guide line 2230", "false"),
    handset_flag("cota.data.shortcut.message_templates", "Shows message templates in the shortcut menu",
                 "guide line 2231", "false"),
    handset_flag("cota.data.shortcut.ringing_tone", "Shows ringing tone in the shortcut menu",
                 "guide line 2232", "false"),
    handset_flag("cota.data.shortcut.silent_mode", "Shows silent mode in the shortcut menu",
                 "guide line 2233", "false"),
    handset_flag("cota.data.shortcut.status", "Shows status in the shortcut menu", "guide line 2234",
                 "false"),
    handset_flag("cota.data.shortcut.vibrate", "Shows vibrate in the shortcut menu", "guide line 2235",
                 "false"),
    handset_flag("cota.data.shortcut.task_list", "Shows task list in the shortcut menu", "guide line 2236",
                 "false"),
    handset_flag("cota.data.shortcut.noisy_environment", "Shows noisy environment in the shortcut menu",
                 "guide line 2237", "false"),
    handset_flag("cota.data.shortcut.phonebook", "Shows the phone book in the shortcut menu",
                 "guide line 2238", "false"),
    handset_flag("cota.data.shortcut.external_services", "Shows external services in the shortcut menu",
                 "guide line 2239", "false"),
    handset_flag("cota.data.shortcut.sign_in_out", "Shows signing in and out in the shortcut menu",
                 "guide line 2240", "true"),
    handset_flag("cota.data.shortcut.screen_lock", "Shows screen lock in the shortcut menu",
                 "guide line 2241", "false"),
    handset_flag("cota.data.shortcut.lone_worker_mode", "Shows lone worker mode in the shortcut menu",
                 "guide line 2242", "true"),
};

}  // namespace dectprov
