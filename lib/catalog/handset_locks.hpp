// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "catalog/entries.hpp"

namespace dectprov {

// A menu entry that is hidden locks what it would have set. No source says which entry sets what: the pairs
// are read from the names, and an entry whose name tells nothing is not here.
struct HandsetLock {
    EntryId menu;    // false hides and locks
    EntryId locked;  // a setting, or a section with all settings below it
};

inline constexpr HandsetLock handset_locks[] = {
    {entry("cota.data.menu_settings.ringing_volume"), entry("cota.data.ringing_volume")},
    {entry("cota.data.menu_settings.ringing_tone"), entry("cota.data.ringing_tone")},
    {entry("cota.data.menu_settings.alert_volume"), entry("cota.data.alert_volume")},
    {entry("cota.data.menu_settings.vibrate"), entry("cota.data.vibrate")},
    {entry("cota.data.menu_settings.silent_mode"), entry("cota.data.silent_mode")},
    {entry("cota.data.menu_settings.auto_key_lock"), entry("cota.data.auto_key_lock")},
    {entry("cota.data.menu_settings.backlight"), entry("cota.data.backlight")},
    {entry("cota.data.menu_settings.auto_answer"), entry("cota.data.auto_answer")},
    {entry("cota.data.menu_settings.out_of_range"), entry("cota.data.out_of_range")},
    {entry("cota.data.menu_settings.missed_calls"), entry("cota.data.show_missed_calls")},
    {entry("cota.data.menu_settings.absent_in_charger"), entry("cota.data.absent_in_charger")},
    {entry("cota.data.menu_settings.bluetooth"), entry("cota.data.bluetooth")},
    {entry("cota.data.menu_silent_mode.on_off"), entry("cota.data.silent_mode.active")},
    {entry("cota.data.menu_silent_mode.settings"), entry("cota.data.silent_mode.settings")},
    {entry("cota.data.menu_auto_answer.on_off"), entry("cota.data.auto_answer.active")},
    {entry("cota.data.menu_out_of_range.on_off"), entry("cota.data.out_of_range.active")},
    {entry("cota.data.menu_advanced.language"), entry("cota.data.language")},
    {entry("cota.data.menu_advanced.headset"), entry("cota.data.headset")},
    {entry("cota.data.menu_advanced.hearing_aid_compatibility"),
     entry("cota.data.hearing_aid_compatibility")},
    {entry("cota.data.menu_advanced.microphone_gain"), entry("cota.data.microphone_gain")},
    {entry("cota.data.menu_advanced.long_key"), entry("cota.data.longkey")},
    {entry("cota.data.menu_advanced.economy_mode"), entry("cota.data.economy_mode")},
    {entry("cota.data.menu_advanced.rolling_tasks"), entry("cota.data.rolling_tasks")},
    {entry("cota.data.menu_advanced.login"), entry("cota.data.auto_login")},
    {entry("cota.data.menu_advanced.time_and_date"), entry("cota.data.time_and_date")},
    {entry("cota.data.menu_advanced.minimum_ring_time"), entry("cota.data.minimum_ring_time")},
    {entry("cota.data.menu_advanced.compatibility"), entry("cota.data.compatibility")},
    {entry("cota.data.menu_advanced.handover_profile"), entry("cota.data.handover_profile")},
    {entry("cota.data.menu_advanced.local_tones"), entry("cota.data.local_tones")},
    {entry("cota.data.menu_advanced.message_list_content"), entry("cota.data.message_list_content")},
    {entry("cota.data.menu_advanced.noisy_environment"), entry("cota.data.noisy_environment")},
    {entry("cota.data.menu_advanced.flash_led_on_call"), entry("cota.data.flash_led_on_call")},
    {entry("cota.data.menu_advanced.msf_tones_in_a_call"), entry("cota.data.msf_tones_in_a_call")},
    {entry("cota.data.menu_advanced.dect_security"), entry("cota.data.dect_security")},
    {entry("cota.data.menu_advanced.screen_lock"), entry("cota.data.screen_lock")},
    {entry("cota.data.menu_advanced.echo_canceller"), entry("cota.data.echo_canceller")},
    {entry("cota.data.menu_long_key_individual.key_0"), entry("cota.data.longkey.individual_settings.key_0")},
    {entry("cota.data.menu_long_key_individual.key_1"), entry("cota.data.longkey.individual_settings.key_1")},
    {entry("cota.data.menu_long_key_individual.key_2"), entry("cota.data.longkey.individual_settings.key_2")},
    {entry("cota.data.menu_long_key_individual.key_3"), entry("cota.data.longkey.individual_settings.key_3")},
    {entry("cota.data.menu_long_key_individual.key_4"), entry("cota.data.longkey.individual_settings.key_4")},
    {entry("cota.data.menu_long_key_individual.key_5"), entry("cota.data.longkey.individual_settings.key_5")},
    {entry("cota.data.menu_long_key_individual.key_6"), entry("cota.data.longkey.individual_settings.key_6")},
    {entry("cota.data.menu_long_key_individual.key_7"), entry("cota.data.longkey.individual_settings.key_7")},
    {entry("cota.data.menu_long_key_individual.key_8"), entry("cota.data.longkey.individual_settings.key_8")},
    {entry("cota.data.menu_long_key_individual.key_9"), entry("cota.data.longkey.individual_settings.key_9")},
    {entry("cota.data.menu_alarms.alarm_key"), entry("cota.data.alarm_key")},
    {entry("cota.data.menu_alarms.tear_off"), entry("cota.data.tear_off_alarm")},
    {entry("cota.data.menu_alarms.running_detector"), entry("cota.data.running_detector_alarm")},
    {entry("cota.data.menu_alarms.man_down"), entry("cota.data.man_down_alarm")},
    {entry("cota.data.menu_screen_lock.on_off"), entry("cota.data.screen_lock.active")},
};

namespace detail {

// The place of each built-in entry's row in `handset_locks`, its size where the entry locks nothing.
inline constexpr auto lock_places = [] {
    std::array<std::uint8_t, builtin_rows.size()> places{};
    places.fill(std::size(handset_locks));
    for (std::size_t at = 0; at < std::size(handset_locks); ++at) {
        places[static_cast<std::size_t>(handset_locks[at].menu)] = static_cast<std::uint8_t>(at);
    }
    return places;
}();

}  // namespace detail

// What a menu entry locks; null where it locks nothing.
inline const HandsetLock* find_lock(EntryId menu_entry) {
    const auto index = static_cast<std::size_t>(menu_entry);
    if (index >= detail::lock_places.size()) return nullptr;
    const std::size_t place = detail::lock_places[index];
    return place == std::size(handset_locks) ? nullptr : &handset_locks[place];
}

}  // namespace dectprov
