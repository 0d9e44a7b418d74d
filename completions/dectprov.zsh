#compdef dectprov
# zsh completion of dectprov; printed by `dectprov completion zsh`
_dectprov() {
    local curcontext=$curcontext state line ret=1
    typeset -A opt_args
    local -a commands
    commands=(
        'lint:check provisioning files, whole trees and site descriptions'
        'render:write provisioning files from site descriptions'
        'generate:write one file or a starter'
        'diff:compare two states by meaning, and say what each server will do'
        'preview:show the settings that a server holds after an import'
        'import:make site descriptions of provisioning files'
        'probe:fetch from provisioning servers what each server would fetch, and check it'
        'explain:explain a rule or a parameter, or list them all'
        'schema:print a JSON Schema or an XSD'
        'completion:print the completion script of a shell'
        'lsp:check, explain and complete in an editor\: a language server'
        'help:print the help of a command'
    )
    _arguments -C \
        '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
        '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
        '*--no-config[read no .dectprov.yaml]' \
        '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
        '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
        '*-q[leave out counts and progress]' \
        '*--quiet[leave out counts and progress]' \
        '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
        '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
        '*-h[print this help]' \
        '*--help[print this help]' \
        '*--version[print the version and the edition of the guide that it follows]' \
        '1: :->command' \
        '*:: :->arguments' && ret=0
    case $state in
    command) _describe -t commands command commands && ret=0 ;;
    arguments)
        case $words[1] in
        lint)
            _arguments \
                '*--files-from[read paths from FILE, one per line; - is standard input]:FILE:_files' \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*--format[the output format\: text, compact, json, sarif, github, gitlab, junit, markdown, html]:FORMAT:(text compact json sarif github gitlab junit markdown html)' \
                '*--report[also write another format to a file (repeatable)]:FORMAT=FILE:{compadd -S "" -- text= compact= json= sarif= github= gitlab= junit= markdown= html=}' \
                '*--statistics[count findings by rule and by server]' \
                '*--rule[set a rule'\''s severity\: error, warning, note or off; '\''all'\'' is every rule (repeatable)]:RULE=SEVERITY:{compadd -S "" -- all= file/name= file/name-doubtful= file/identity= file/link= file/encoding= file/missing= file/orphan= file/empty= file/near-identity= xml/malformed= xml/doctype= xml/root= element/unknown= element/misplaced= element/not-for-model= element/duplicate= element/missing= element/attribute= element/text= value/type= value/range= value/length= value/charset= value/charset-doubtful= value/format= value/choice= value/space= value/control= value/placeholder= model/conflict= config/merge-type= config/merge-unsupported= config/overwrite-drops-provisioning= config/redundant-handsets= config/two-spellings= config/never-checks= config/url-missing= config/url-ignored= config/url-credentials= config/insecure-transport= config/nothing-to-fetch= config/firmware-name= config/firmware-too-old= config/firmware-never-loaded= config/vso-default-needs-zip= config/licence-missing= config/licence-needed= config/overwrite-drops-licence= config/licence-duplicate= config/reverts-to-default= users/ipei-checksum= users/configgroup-undefined= users/too-many-groups= users/auth-incomplete= users/password-is-name= users/empty-list= users/duplicate-username= users/duplicate-secondaryusername= users/duplicate-ipei= users/duplicate-localno= users/duplicate-cucmdevicename= users/lid-without-analogue= users/analogue-without-lid= users/presentationtext-without-analogue= users/gain-on-dect-to-dect= handset/group-mismatch= handset/version-mismatch= handset/locked-without-value= handset/group-unused= handset/pin-length= handset/pin-form= handset/lock-conflict= handset/version-not-bumped= handset/version-not-listed= handset/stale-settings= ver/syntax= ver/duplicate-group= ver/group-file-missing= ver/group-not-listed= firmware/ver-missing= firmware/ver-text= firmware/ver-form= fleet/duplicate-ipei= delivery/unreachable= delivery/missing= delivery/refused= delivery/differs= delivery/not-provisioning= delivery/certificate= delivery/redirect= delivery/listing= delivery/slow= site/yaml= site/key= site/duplicate-server= site/reference= site/tag= site/empty-key= site/unused-variable= site/ambiguous-scalar= site/plain-secret= site/output-collision= suppression/unused= suppression/unknown-rule= suppression/no-reason= baseline/unused=}' \
                '*--min-severity[show findings at or above this severity]:SEVERITY:(error warning note)' \
                '*--fail-on[exit with 1 for findings at or above this severity (default\: error)]:SEVERITY:(error warning note)' \
                '*--exit-zero[exit with 0 even if there are findings]' \
                '*--verbose[show notes too, and what was read]' \
                '*--no-suppressions[ignore dectprov-disable comments]' \
                '*--report-suppressed[also list suppressed and baselined findings in SARIF, marked as such]' \
                '*--model[treat every server as this model\: 200, 400, 6500, vso, 2500 or 8000]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--allow-empty[accept that there is nothing to check]' \
                '*--force-exclude[skip files in `ignore\:` even if they are named here]' \
                '*--fix[apply fixes that cannot change the meaning]' \
                '*--unsafe-fixes[also apply fixes that may change the meaning]' \
                '*--diff[with --fix or --unsafe-fixes\: only show what would change]' \
                '*--baseline[hide the findings recorded in FILE]:FILE:_files' \
                '*--show-config[show which configuration, model and rules apply to FILE, and why]:FILE:_files' \
                '*--write-baseline[record all findings in FILE]:FILE:_files' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:PATH:_files' && ret=0
            ;;
        render)
            _arguments \
                '*--files-from[read paths from FILE, one per line; - is standard input]:FILE:_files' \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*-o[the folder to write to]:DIR:_files' \
                '*--output[the folder to write to]:DIR:_files' \
                '*--previous[the folder of the previous output, whose versions '\''version\: auto'\'' keeps (default\: DIR)]:DIR:_files' \
                '*--layout[all files in one folder (flat), or one folder per site (site)]:LAYOUT:(flat site)' \
                '*--shard[render the K-th of N parts of the servers]:K/N: ' \
                '*--dry-run[list what would change, and write nothing]' \
                '*--check[the same, with status 1 if something would change]' \
                '*--secrets[with --check\: a secret that is not set is an error]' \
                '*--diff[show what would change as a unified diff, and write nothing]' \
                '*--prune[remove files of the rendered servers that the description no longer has; with =servers also the files of servers without a description]' \
                '*--keep-going[write the good sites when others have errors]' \
                '*--explain[show where each server'\''s value of a setting comes from]:SETTING:(network.bootproto network.ntp network.timezone network.dns1 network.dns2 network.domain network.gateway network.ipaddr network.netmask network.mtu mr.auto.enable mr.auto.force mr.auto.start_time rfp.auto.enable rfp.auto.force rfp.auto.start_time rfp.auto.enable_digital rfp.auto.force_digital rfp.auto.start_time_digital suota.auto suota.incharger suota.load suota.start_time provisioning.check.check_sync provisioning.check.interval provisioning.check.time provisioning.config.check provisioning.cota.check provisioning.firmware.kws provisioning.firmware.default_kws provisioning.firmware.rfp provisioning.firmware.rfp6 provisioning.firmware.pp14208700 provisioning.firmware.pp14225100 provisioning.firmware.pp14225110 provisioning.firmware.pp14225190 provisioning.server.method provisioning.server.url provisioning.users.check sip.allow_auto_offhook sip.allow_internal_routing sip.tls_allow_insecure sip.blacklist_timeout sip.nat_keepalive sip.nat_keepalive_interval sip.callwaiting sip.dnsmethod sip.dtmf.duration sip.dtmf.info sip.dtmf.rtp sip.dtmf.rtp_payload_type sip.defaultdomain sip.localport sip.maxforwards sip.media.codecs sip.media.port sip.media.ptime sip.media.symmetric sip.media.tos sip.mwi.enable sip.mwi.expire sip.mwi.subscribe sip.onholdtone sip.pound_dials_overlap sip.proxy.domain sip.proxy.port sip.proxy.transport sip.registration_expire sip.send_to_current_registrar sip.separate_endpoint_ports sip.seperate_endpoint_ports sip.showstatustext sip.tos license slave.license dect.auto_create_users dect.send_date_time dect.subscription_allowed system_event.internal_clip_presentation_ab data.ringing_volume.volume data.ringing_tone.tone data.alert_volume.volume data.vibrate.active data.silent_mode.active data.silent_mode.settings.display_flashing data.silent_mode.settings.vibrate data.silent_mode.settings.short_ring data.auto_key_lock.active data.backlight.timeout_state data.backlight.delay data.auto_answer.active data.auto_answer.when_to_answer.value data.auto_answer.when_to_answer.after_first_ring.audio_options data.auto_answer.when_to_answer.after_first_ring.also_in_charger data.out_of_range.active data.out_of_range.notifications data.show_missed_calls.active data.absent_in_charger.active data.bluetooth.active data.bluetooth.settings.auto_connect data.bluetooth.settings.headset_volume data.language.set data.headset.alerting data.headset.volume data.hearing_aid_compatibility.active data.microphone_gain.value data.ear_gain.value data.longkey.value data.longkey.individual_settings.key_0 data.longkey.individual_settings.key_1 data.longkey.individual_settings.key_2 data.longkey.individual_settings.key_3 data.longkey.individual_settings.key_4 data.longkey.individual_settings.key_5 data.longkey.individual_settings.key_6 data.longkey.individual_settings.key_7 data.longkey.individual_settings.key_8 data.longkey.individual_settings.key_9 data.economy_mode.active data.alarm_key.state data.alarm_key.speed_dial.loudspeaker data.rolling_tasks.time_in_sec data.rolling_tasks.indication_interval data.auto_login.active data.time_and_date.time_format data.time_and_date.date_format data.minimum_ring_time.period data.compatibility.cs1k data.compatibility.extended_location_registration data.handover_profile.profile data.local_tones.country data.message_list_content.show data.noisy_environment.active data.flash_led_on_call.active data.msf_tones_in_a_call.sound data.msf_tones_in_a_call.vibrate data.dect_security.monitoring.active data.standby_text.value data.logo.type data.shortcut.phonebook_add_name data.shortcut.auto_answer data.shortcut.auto_key_lock data.shortcut.backlight data.shortcut.headset data.shortcut.message_inbox data.shortcut.message_new data.shortcut.message_templates data.shortcut.ringing_tone data.shortcut.silent_mode data.shortcut.status data.shortcut.vibrate data.shortcut.task_list data.shortcut.noisy_environment data.shortcut.phonebook data.shortcut.external_services data.shortcut.sign_in_out data.shortcut.screen_lock data.shortcut.lone_worker_mode data.power_off_password.password data.in_call_volume.volume data.tear_off_alarm.state data.tear_off_alarm.prealarm data.tear_off_alarm.speed_dial.loudspeaker data.tear_off_alarm.indication data.tear_off_alarm.prealarm_indication data.tear_off_alarm.prealarm_4x data.tear_off_alarm.trigger_time data.tear_off_alarm.prealarm_trigger_time data.running_detector_alarm.state data.running_detector_alarm.prealarm data.running_detector_alarm.speed_dial.loudspeaker data.running_detector_alarm.indication data.running_detector_alarm.prealarm_indication data.running_detector_alarm.prealarm_4x data.running_detector_alarm.trigger_time data.running_detector_alarm.prealarm_trigger_time data.man_down_alarm.state data.man_down_alarm.prealarm data.man_down_alarm.speed_dial.loudspeaker data.man_down_alarm.indication data.man_down_alarm.prealarm_indication data.man_down_alarm.prealarm_4x data.man_down_alarm.trigger_time data.man_down_alarm.prealarm_trigger_time data.screen_lock.active data.screen_lock.auto_lock_time data.screen_lock.unlock_attempts data.screen_lock.minimum_pin_length data.screen_lock.pin data.menu_main.phonebook data.menu_main.call_register data.menu_main.messages data.menu_main.msf_functions data.menu_main.external_services data.menu_main.presence data.menu_main.status data.menu_main.settings data.menu_phonebook.find data.menu_phonebook.add data.menu_phonebook.speed_dial data.menu_phonebook.delete data.menu_call_register.incoming data.menu_call_register.outgoing data.menu_call_register.missed data.menu_call_register.delete data.menu_messages.new data.menu_messages.inbox data.menu_messages.outbox data.menu_messages.erase data.menu_messages.templates data.menu_messages.task data.menu_status.silent_mode data.menu_status.headset data.menu_status.auto_answer data.menu_status.economy_mode data.menu_status.battery data.menu_status.ringing_tone data.menu_status.ringing_volume data.menu_status.rssi data.menu_status.survey data.menu_status.general_information data.menu_settings.ringing_volume data.menu_settings.ringing_tone data.menu_settings.alert_volume data.menu_settings.vibrate data.menu_settings.silent_mode data.menu_settings.auto_key_lock data.menu_settings.backlight data.menu_settings.auto_answer data.menu_settings.out_of_range data.menu_settings.missed_calls data.menu_settings.absent_in_charger data.menu_settings.bluetooth data.menu_settings.advanced data.menu_backlight.on_off data.menu_backlight.settings data.menu_silent_mode.on_off data.menu_silent_mode.settings data.menu_auto_answer.on_off data.menu_auto_answer.settings data.menu_out_of_range.on_off data.menu_out_of_range.settings data.menu_advanced.language data.menu_advanced.headset data.menu_advanced.hearing_aid_compatibility data.menu_advanced.microphone_gain data.menu_advanced.long_key data.menu_advanced.economy_mode data.menu_advanced.alarms data.menu_advanced.master_handset data.menu_advanced.rolling_tasks data.menu_advanced.login data.menu_advanced.time_and_date data.menu_advanced.minimum_ring_time data.menu_advanced.compatibility data.menu_advanced.handover_profile data.menu_advanced.local_tones data.menu_advanced.message_list_content data.menu_advanced.noisy_environment data.menu_advanced.flash_led_on_call data.menu_advanced.msf_tones_in_a_call data.menu_advanced.dect_security data.menu_advanced.screen_lock data.menu_advanced.echo_canceller data.menu_headset.on_off data.menu_headset.settings data.menu_long_key.all data.menu_long_key.individual data.menu_long_key_individual.key_0 data.menu_long_key_individual.key_1 data.menu_long_key_individual.key_2 data.menu_long_key_individual.key_3 data.menu_long_key_individual.key_4 data.menu_long_key_individual.key_5 data.menu_long_key_individual.key_6 data.menu_long_key_individual.key_7 data.menu_long_key_individual.key_8 data.menu_long_key_individual.key_9 data.menu_alarms.alarm_key data.menu_alarms.tear_off data.menu_alarms.running_detector data.menu_alarms.man_down data.menu_screen_lock.on_off data.menu_screen_lock.settings data.echo_canceller.active)' \
                '*--env-file[take the values of ${env\:NAME} from NAME=VALUE lines of this file (repeatable)]:FILE:_files' \
                '*--verbose[show notes too, files that were read or unchanged, and files that only look like descriptions]' \
                '*--report[list written and unchanged files, as json=FILE]:json=FILE:{compadd -S "" -- json=}' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:TEXT:_files' && ret=0
            ;;
        generate)
            _arguments \
                '*--model[the server'\''s model\: 200, 400, 6500, vso, 2500 or 8000]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--mac[site\: the server'\''s MAC address]:MAC: ' \
                '*--uuid[site\: the UUID of a virtual server]:UUID: ' \
                '*--group[handset\: the number of the group]:N: ' \
                '*--set[config, handset\: a setting by its dotted path (repeatable)]:PATH=VALUE:{compadd -S "" -- network.bootproto= network.ntp= network.timezone= network.dns1= network.dns2= network.domain= network.gateway= network.ipaddr= network.netmask= network.mtu= mr.auto.enable= mr.auto.force= mr.auto.start_time= rfp.auto.enable= rfp.auto.force= rfp.auto.start_time= rfp.auto.enable_digital= rfp.auto.force_digital= rfp.auto.start_time_digital= suota.auto= suota.incharger= suota.load= suota.start_time= provisioning.check.check_sync= provisioning.check.interval= provisioning.check.time= provisioning.config.check= provisioning.cota.check= provisioning.firmware.kws= provisioning.firmware.default_kws= provisioning.firmware.rfp= provisioning.firmware.rfp6= provisioning.firmware.pp14208700= provisioning.firmware.pp14225100= provisioning.firmware.pp14225110= provisioning.firmware.pp14225190= provisioning.server.method= provisioning.server.url= provisioning.users.check= sip.allow_auto_offhook= sip.allow_internal_routing= sip.tls_allow_insecure= sip.blacklist_timeout= sip.nat_keepalive= sip.nat_keepalive_interval= sip.callwaiting= sip.dnsmethod= sip.dtmf.duration= sip.dtmf.info= sip.dtmf.rtp= sip.dtmf.rtp_payload_type= sip.defaultdomain= sip.localport= sip.maxforwards= sip.media.codecs= sip.media.port= sip.media.ptime= sip.media.symmetric= sip.media.tos= sip.mwi.enable= sip.mwi.expire= sip.mwi.subscribe= sip.onholdtone= sip.pound_dials_overlap= sip.proxy.domain= sip.proxy.port= sip.proxy.transport= sip.registration_expire= sip.send_to_current_registrar= sip.separate_endpoint_ports= sip.seperate_endpoint_ports= sip.showstatustext= sip.tos= license= slave.license= dect.auto_create_users= dect.send_date_time= dect.subscription_allowed= system_event.internal_clip_presentation_ab= data.ringing_volume.volume= data.ringing_tone.tone= data.alert_volume.volume= data.vibrate.active= data.silent_mode.active= data.silent_mode.settings.display_flashing= data.silent_mode.settings.vibrate= data.silent_mode.settings.short_ring= data.auto_key_lock.active= data.backlight.timeout_state= data.backlight.delay= data.auto_answer.active= data.auto_answer.when_to_answer.value= data.auto_answer.when_to_answer.after_first_ring.audio_options= data.auto_answer.when_to_answer.after_first_ring.also_in_charger= data.out_of_range.active= data.out_of_range.notifications= data.show_missed_calls.active= data.absent_in_charger.active= data.bluetooth.active= data.bluetooth.settings.auto_connect= data.bluetooth.settings.headset_volume= data.language.set= data.headset.alerting= data.headset.volume= data.hearing_aid_compatibility.active= data.microphone_gain.value= data.ear_gain.value= data.longkey.value= data.longkey.individual_settings.key_0= data.longkey.individual_settings.key_1= data.longkey.individual_settings.key_2= data.longkey.individual_settings.key_3= data.longkey.individual_settings.key_4= data.longkey.individual_settings.key_5= data.longkey.individual_settings.key_6= data.longkey.individual_settings.key_7= data.longkey.individual_settings.key_8= data.longkey.individual_settings.key_9= data.economy_mode.active= data.alarm_key.state= data.alarm_key.speed_dial.loudspeaker= data.rolling_tasks.time_in_sec= data.rolling_tasks.indication_interval= data.auto_login.active= data.time_and_date.time_format= data.time_and_date.date_format= data.minimum_ring_time.period= data.compatibility.cs1k= data.compatibility.extended_location_registration= data.handover_profile.profile= data.local_tones.country= data.message_list_content.show= data.noisy_environment.active= data.flash_led_on_call.active= data.msf_tones_in_a_call.sound= data.msf_tones_in_a_call.vibrate= data.dect_security.monitoring.active= data.standby_text.value= data.logo.type= data.shortcut.phonebook_add_name= data.shortcut.auto_answer= data.shortcut.auto_key_lock= data.shortcut.backlight= data.shortcut.headset= data.shortcut.message_inbox= data.shortcut.message_new= data.shortcut.message_templates= data.shortcut.ringing_tone= data.shortcut.silent_mode= data.shortcut.status= data.shortcut.vibrate= data.shortcut.task_list= data.shortcut.noisy_environment= data.shortcut.phonebook= data.shortcut.external_services= data.shortcut.sign_in_out= data.shortcut.screen_lock= data.shortcut.lone_worker_mode= data.power_off_password.password= data.in_call_volume.volume= data.tear_off_alarm.state= data.tear_off_alarm.prealarm= data.tear_off_alarm.speed_dial.loudspeaker= data.tear_off_alarm.indication= data.tear_off_alarm.prealarm_indication= data.tear_off_alarm.prealarm_4x= data.tear_off_alarm.trigger_time= data.tear_off_alarm.prealarm_trigger_time= data.running_detector_alarm.state= data.running_detector_alarm.prealarm= data.running_detector_alarm.speed_dial.loudspeaker= data.running_detector_alarm.indication= data.running_detector_alarm.prealarm_indication= data.running_detector_alarm.prealarm_4x= data.running_detector_alarm.trigger_time= data.running_detector_alarm.prealarm_trigger_time= data.man_down_alarm.state= data.man_down_alarm.prealarm= data.man_down_alarm.speed_dial.loudspeaker= data.man_down_alarm.indication= data.man_down_alarm.prealarm_indication= data.man_down_alarm.prealarm_4x= data.man_down_alarm.trigger_time= data.man_down_alarm.prealarm_trigger_time= data.screen_lock.active= data.screen_lock.auto_lock_time= data.screen_lock.unlock_attempts= data.screen_lock.minimum_pin_length= data.screen_lock.pin= data.menu_main.phonebook= data.menu_main.call_register= data.menu_main.messages= data.menu_main.msf_functions= data.menu_main.external_services= data.menu_main.presence= data.menu_main.status= data.menu_main.settings= data.menu_phonebook.find= data.menu_phonebook.add= data.menu_phonebook.speed_dial= data.menu_phonebook.delete= data.menu_call_register.incoming= data.menu_call_register.outgoing= data.menu_call_register.missed= data.menu_call_register.delete= data.menu_messages.new= data.menu_messages.inbox= data.menu_messages.outbox= data.menu_messages.erase= data.menu_messages.templates= data.menu_messages.task= data.menu_status.silent_mode= data.menu_status.headset= data.menu_status.auto_answer= data.menu_status.economy_mode= data.menu_status.battery= data.menu_status.ringing_tone= data.menu_status.ringing_volume= data.menu_status.rssi= data.menu_status.survey= data.menu_status.general_information= data.menu_settings.ringing_volume= data.menu_settings.ringing_tone= data.menu_settings.alert_volume= data.menu_settings.vibrate= data.menu_settings.silent_mode= data.menu_settings.auto_key_lock= data.menu_settings.backlight= data.menu_settings.auto_answer= data.menu_settings.out_of_range= data.menu_settings.missed_calls= data.menu_settings.absent_in_charger= data.menu_settings.bluetooth= data.menu_settings.advanced= data.menu_backlight.on_off= data.menu_backlight.settings= data.menu_silent_mode.on_off= data.menu_silent_mode.settings= data.menu_auto_answer.on_off= data.menu_auto_answer.settings= data.menu_out_of_range.on_off= data.menu_out_of_range.settings= data.menu_advanced.language= data.menu_advanced.headset= data.menu_advanced.hearing_aid_compatibility= data.menu_advanced.microphone_gain= data.menu_advanced.long_key= data.menu_advanced.economy_mode= data.menu_advanced.alarms= data.menu_advanced.master_handset= data.menu_advanced.rolling_tasks= data.menu_advanced.login= data.menu_advanced.time_and_date= data.menu_advanced.minimum_ring_time= data.menu_advanced.compatibility= data.menu_advanced.handover_profile= data.menu_advanced.local_tones= data.menu_advanced.message_list_content= data.menu_advanced.noisy_environment= data.menu_advanced.flash_led_on_call= data.menu_advanced.msf_tones_in_a_call= data.menu_advanced.dect_security= data.menu_advanced.screen_lock= data.menu_advanced.echo_canceller= data.menu_headset.on_off= data.menu_headset.settings= data.menu_long_key.all= data.menu_long_key.individual= data.menu_long_key_individual.key_0= data.menu_long_key_individual.key_1= data.menu_long_key_individual.key_2= data.menu_long_key_individual.key_3= data.menu_long_key_individual.key_4= data.menu_long_key_individual.key_5= data.menu_long_key_individual.key_6= data.menu_long_key_individual.key_7= data.menu_long_key_individual.key_8= data.menu_long_key_individual.key_9= data.menu_alarms.alarm_key= data.menu_alarms.tear_off= data.menu_alarms.running_detector= data.menu_alarms.man_down= data.menu_screen_lock.on_off= data.menu_screen_lock.settings= data.echo_canceller.active=}' \
                '*--merge[config\: a merge with only the settings of --set, instead of an overwrite]' \
                '*--for[dhcp\: the DHCP server\: dhcpd, kea, dnsmasq or netsh]:NAME:(dhcpd kea dnsmasq netsh)' \
                '*--url[dhcp\: the provisioning server (default\: that of the description)]:URL: ' \
                '*--env-file[take the values of ${env\:NAME} from NAME=VALUE lines of this file (repeatable)]:FILE:_files' \
                '*-o[write to this file instead of standard output; with --fleet to this folder]:FILE:_files' \
                '*--output[write to this file instead of standard output; with --fleet to this folder]:FILE:_files' \
                '*--force[replace the file if it exists]' \
                '*--fleet[site\: a description of a fleet with its two tables, in the folder of -o]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:KIND:(site config users handset ver firmware-ver dhcp config-file)' && ret=0
            ;;
        diff)
            _arguments \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*--format[the output format\: text, json, markdown, html]:FORMAT:(text json markdown html)' \
                '*--report[also write another format to a file (repeatable)]:REPORT:{compadd -S "" -- text= json= markdown= html=}' \
                '*--full[list every change of every server instead of folding equal ones]' \
                '*--model[treat every server as this model\: 200, 400, 6500, vso, 2500 or 8000]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--current[the current settings of a server, to compare with one path]:FILE:_files' \
                '*--base[with --current\: the last rendered state, to separate changes by hand from ours]:PATH:_files' \
                '*--exit-zero[exit with 0 even if there are differences]' \
                '*--allow-empty[accept that a side has nothing to compare]' \
                '*--verbose[show notes too, and files that only look like provisioning files]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:PATH:_files' && ret=0
            ;;
        preview)
            _arguments \
                '*--current[the current state\: an XML export of settings, users or a handset group, or lines of `path\: value`; - is standard input]:FILE:_files' \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*--model[treat the server as this model\: 200, 400, 6500, vso, 2500 or 8000]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--diff[show only the lines that change]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:PATH:_files' && ret=0
            ;;
        import)
            _arguments \
                '*--files-from[read paths from FILE, one per line; - is standard input]:FILE:_files' \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*-o[the description to write; a folder (or a name that ends with /) for one description per folder]:SITE:_files' \
                '*--output[the description to write; a folder (or a name that ends with /) for one description per folder]:SITE:_files' \
                '*--model[treat every server as this model]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--lift[put the common part of most servers into `defaults`, or into a layer of all descriptions]' \
                '*--tables[with a folder as SITE\: one description of the fleet, with a table of servers and a table of users]' \
                '*--users[users in a CSV file or in the description\: csv or yaml (default\: csv for more than 50)]:FORMAT:(csv yaml)' \
                '*--by-server[with a folder as SITE\: one description per server]' \
                '*--schema[name this JSON Schema in the first line, for editors]:URI: ' \
                '*--parameters[write no description, but a draft for `parameters\:` with what is not in the catalogue]' \
                '*--keep-going[write the rest if a description cannot contain everything]' \
                '*--force[replace files that exist]' \
                '*--verbose[show notes too, and files that only look like provisioning files]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:TEXT:_files' && ret=0
            ;;
        probe)
            _arguments \
                '*--files-from[read paths from FILE, one per line; - is standard input]:FILE:_files' \
                '*--stdin-filename[the name of the file that standard input stands for]:NAME: ' \
                '*--env-file[take the values of ${env\:NAME} from NAME=VALUE lines of this file (repeatable)]:FILE:_files' \
                '*--url[the provisioning server, as in DHCP option 66 (default\: each server'\''s own)]:URL: ' \
                '*--model[treat every server as this model\: 200, 400, 6500, vso, 2500 or 8000]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--ca-bundle[the CAs that the servers know, in PEM (default\: the system'\''s)]:FILE:_files' \
                '*--client-cert[use this client certificate, in PEM with its key]:FILE:_files' \
                '*--timeout[how many seconds to wait for an answer (default\: 30)]:S: ' \
                '*-o[keep the served files in DIR, unchanged]:DIR:_files' \
                '*--output[keep the served files in DIR, unchanged]:DIR:_files' \
                '*--diff[show the differences by meaning between served and described files]' \
                '*--format[the output format\: text, compact, json, sarif, github, gitlab, junit, markdown, html]:FORMAT:(text compact json sarif github gitlab junit markdown html)' \
                '*--report[also write another format to a file (repeatable)]:FORMAT=FILE:{compadd -S "" -- text= compact= json= sarif= github= gitlab= junit= markdown= html=}' \
                '*--statistics[count findings by rule and by server]' \
                '*--rule[set a rule'\''s severity\: error, warning, note or off; '\''all'\'' is every rule (repeatable)]:RULE=SEVERITY:{compadd -S "" -- all= file/name= file/name-doubtful= file/identity= file/link= file/encoding= file/missing= file/orphan= file/empty= file/near-identity= xml/malformed= xml/doctype= xml/root= element/unknown= element/misplaced= element/not-for-model= element/duplicate= element/missing= element/attribute= element/text= value/type= value/range= value/length= value/charset= value/charset-doubtful= value/format= value/choice= value/space= value/control= value/placeholder= model/conflict= config/merge-type= config/merge-unsupported= config/overwrite-drops-provisioning= config/redundant-handsets= config/two-spellings= config/never-checks= config/url-missing= config/url-ignored= config/url-credentials= config/insecure-transport= config/nothing-to-fetch= config/firmware-name= config/firmware-too-old= config/firmware-never-loaded= config/vso-default-needs-zip= config/licence-missing= config/licence-needed= config/overwrite-drops-licence= config/licence-duplicate= config/reverts-to-default= users/ipei-checksum= users/configgroup-undefined= users/too-many-groups= users/auth-incomplete= users/password-is-name= users/empty-list= users/duplicate-username= users/duplicate-secondaryusername= users/duplicate-ipei= users/duplicate-localno= users/duplicate-cucmdevicename= users/lid-without-analogue= users/analogue-without-lid= users/presentationtext-without-analogue= users/gain-on-dect-to-dect= handset/group-mismatch= handset/version-mismatch= handset/locked-without-value= handset/group-unused= handset/pin-length= handset/pin-form= handset/lock-conflict= handset/version-not-bumped= handset/version-not-listed= handset/stale-settings= ver/syntax= ver/duplicate-group= ver/group-file-missing= ver/group-not-listed= firmware/ver-missing= firmware/ver-text= firmware/ver-form= fleet/duplicate-ipei= delivery/unreachable= delivery/missing= delivery/refused= delivery/differs= delivery/not-provisioning= delivery/certificate= delivery/redirect= delivery/listing= delivery/slow= site/yaml= site/key= site/duplicate-server= site/reference= site/tag= site/empty-key= site/unused-variable= site/ambiguous-scalar= site/plain-secret= site/output-collision= suppression/unused= suppression/unknown-rule= suppression/no-reason= baseline/unused=}' \
                '*--min-severity[show findings at or above this severity]:SEVERITY:(error warning note)' \
                '*--fail-on[exit with 1 for findings at or above this severity (default\: error)]:SEVERITY:(error warning note)' \
                '*--exit-zero[exit with 0 even if there are findings]' \
                '*--verbose[show notes too, and what was read]' \
                '*--no-suppressions[ignore dectprov-disable comments]' \
                '*--report-suppressed[also list suppressed and baselined findings in SARIF, marked as such]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:PATH:_files' && ret=0
            ;;
        explain)
            _arguments \
                '*--format[text, json or markdown]:FORMAT:(text json markdown)' \
                '*--rules[list only the rules]' \
                '*--parameters[list only the parameters]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:RULE|PARAMETER|KEY:(file/name file/name-doubtful file/identity file/link file/encoding file/missing file/orphan file/empty file/near-identity xml/malformed xml/doctype xml/root element/unknown element/misplaced element/not-for-model element/duplicate element/missing element/attribute element/text value/type value/range value/length value/charset value/charset-doubtful value/format value/choice value/space value/control value/placeholder model/conflict config/merge-type config/merge-unsupported config/overwrite-drops-provisioning config/redundant-handsets config/two-spellings config/never-checks config/url-missing config/url-ignored config/url-credentials config/insecure-transport config/nothing-to-fetch config/firmware-name config/firmware-too-old config/firmware-never-loaded config/vso-default-needs-zip config/licence-missing config/licence-needed config/overwrite-drops-licence config/licence-duplicate config/reverts-to-default users/ipei-checksum users/configgroup-undefined users/too-many-groups users/auth-incomplete users/password-is-name users/empty-list users/duplicate-username users/duplicate-secondaryusername users/duplicate-ipei users/duplicate-localno users/duplicate-cucmdevicename users/lid-without-analogue users/analogue-without-lid users/presentationtext-without-analogue users/gain-on-dect-to-dect handset/group-mismatch handset/version-mismatch handset/locked-without-value handset/group-unused handset/pin-length handset/pin-form handset/lock-conflict handset/version-not-bumped handset/version-not-listed handset/stale-settings ver/syntax ver/duplicate-group ver/group-file-missing ver/group-not-listed firmware/ver-missing firmware/ver-text firmware/ver-form fleet/duplicate-ipei delivery/unreachable delivery/missing delivery/refused delivery/differs delivery/not-provisioning delivery/certificate delivery/redirect delivery/listing delivery/slow site/yaml site/key site/duplicate-server site/reference site/tag site/empty-key site/unused-variable site/ambiguous-scalar site/plain-secret site/output-collision suppression/unused suppression/unknown-rule suppression/no-reason baseline/unused policy/NAME config network network.bootproto network.ntp network.timezone network.dns1 network.dns2 network.domain network.gateway network.ipaddr network.netmask network.mtu mr mr.auto mr.auto.enable mr.auto.force mr.auto.start_time rfp rfp.auto rfp.auto.enable rfp.auto.force rfp.auto.start_time rfp.auto.enable_digital rfp.auto.force_digital rfp.auto.start_time_digital suota suota.auto suota.incharger suota.load suota.start_time provisioning provisioning.check provisioning.check.check_sync provisioning.check.interval provisioning.check.time provisioning.config provisioning.config.check provisioning.cota provisioning.cota.check provisioning.firmware provisioning.firmware.kws provisioning.firmware.default_kws provisioning.firmware.rfp provisioning.firmware.rfp6 provisioning.firmware.pp14208700 provisioning.firmware.pp14225100 provisioning.firmware.pp14225110 provisioning.firmware.pp14225190 provisioning.server provisioning.server.method provisioning.server.url provisioning.users provisioning.users.check sip sip.allow_auto_offhook sip.allow_internal_routing sip.tls_allow_insecure sip.blacklist_timeout sip.nat_keepalive sip.nat_keepalive_interval sip.callwaiting sip.dnsmethod sip.dtmf sip.dtmf.duration sip.dtmf.info sip.dtmf.rtp sip.dtmf.rtp_payload_type sip.defaultdomain sip.localport sip.maxforwards sip.media sip.media.codecs sip.media.port sip.media.ptime sip.media.symmetric sip.media.tos sip.mwi sip.mwi.enable sip.mwi.expire sip.mwi.subscribe sip.onholdtone sip.pound_dials_overlap sip.proxy sip.proxy.domain sip.proxy.port sip.proxy.transport sip.registration_expire sip.send_to_current_registrar sip.separate_endpoint_ports sip.seperate_endpoint_ports sip.showstatustext sip.tos license slave slave.license dect dect.auto_create_users dect.send_date_time dect.subscription_allowed system_event system_event.internal_clip_presentation_ab users user user.ipei user.configgroup user.accesscode user.standbytext user.username user.localno user.secondaryusername user.domain user.displayname user.authuser user.authpassword user.disabled user.lid user.linetype user.presentationtext user.name user.tx_gain user.rx_gain user.cucmdevicename user.adminrights cota info info.group info.version data data.ringing_volume data.ringing_volume.volume data.ringing_tone data.ringing_tone.tone data.alert_volume data.alert_volume.volume data.vibrate data.vibrate.active data.silent_mode data.silent_mode.active data.silent_mode.settings data.silent_mode.settings.display_flashing data.silent_mode.settings.vibrate data.silent_mode.settings.short_ring data.auto_key_lock data.auto_key_lock.active data.backlight data.backlight.timeout_state data.backlight.delay data.auto_answer data.auto_answer.active data.auto_answer.when_to_answer data.auto_answer.when_to_answer.value data.auto_answer.when_to_answer.after_first_ring data.auto_answer.when_to_answer.after_first_ring.audio_options data.auto_answer.when_to_answer.after_first_ring.also_in_charger data.out_of_range data.out_of_range.active data.out_of_range.notifications data.show_missed_calls data.show_missed_calls.active data.absent_in_charger data.absent_in_charger.active data.bluetooth data.bluetooth.active data.bluetooth.settings data.bluetooth.settings.auto_connect data.bluetooth.settings.headset_volume data.language data.language.set data.headset data.headset.alerting data.headset.volume data.hearing_aid_compatibility data.hearing_aid_compatibility.active data.microphone_gain data.microphone_gain.value data.ear_gain data.ear_gain.value data.longkey data.longkey.value data.longkey.individual_settings data.longkey.individual_settings.key_0 data.longkey.individual_settings.key_1 data.longkey.individual_settings.key_2 data.longkey.individual_settings.key_3 data.longkey.individual_settings.key_4 data.longkey.individual_settings.key_5 data.longkey.individual_settings.key_6 data.longkey.individual_settings.key_7 data.longkey.individual_settings.key_8 data.longkey.individual_settings.key_9 data.economy_mode data.economy_mode.active data.alarm_key data.alarm_key.state data.alarm_key.speed_dial data.alarm_key.speed_dial.loudspeaker data.rolling_tasks data.rolling_tasks.time_in_sec data.rolling_tasks.indication_interval data.auto_login data.auto_login.active data.time_and_date data.time_and_date.time_format data.time_and_date.date_format data.minimum_ring_time data.minimum_ring_time.period data.compatibility data.compatibility.cs1k data.compatibility.extended_location_registration data.handover_profile data.handover_profile.profile data.local_tones data.local_tones.country data.message_list_content data.message_list_content.show data.noisy_environment data.noisy_environment.active data.flash_led_on_call data.flash_led_on_call.active data.msf_tones_in_a_call data.msf_tones_in_a_call.sound data.msf_tones_in_a_call.vibrate data.dect_security data.dect_security.monitoring data.dect_security.monitoring.active data.standby_text data.standby_text.value data.logo data.logo.type data.shortcut data.shortcut.phonebook_add_name data.shortcut.auto_answer data.shortcut.auto_key_lock data.shortcut.backlight data.shortcut.headset data.shortcut.message_inbox data.shortcut.message_new data.shortcut.message_templates data.shortcut.ringing_tone data.shortcut.silent_mode data.shortcut.status data.shortcut.vibrate data.shortcut.task_list data.shortcut.noisy_environment data.shortcut.phonebook data.shortcut.external_services data.shortcut.sign_in_out data.shortcut.screen_lock data.shortcut.lone_worker_mode data.power_off_password data.power_off_password.password data.in_call_volume data.in_call_volume.volume data.tear_off_alarm data.tear_off_alarm.state data.tear_off_alarm.prealarm data.tear_off_alarm.speed_dial data.tear_off_alarm.speed_dial.loudspeaker data.tear_off_alarm.indication data.tear_off_alarm.prealarm_indication data.tear_off_alarm.prealarm_4x data.tear_off_alarm.trigger_time data.tear_off_alarm.prealarm_trigger_time data.running_detector_alarm data.running_detector_alarm.state data.running_detector_alarm.prealarm data.running_detector_alarm.speed_dial data.running_detector_alarm.speed_dial.loudspeaker data.running_detector_alarm.indication data.running_detector_alarm.prealarm_indication data.running_detector_alarm.prealarm_4x data.running_detector_alarm.trigger_time data.running_detector_alarm.prealarm_trigger_time data.man_down_alarm data.man_down_alarm.state data.man_down_alarm.prealarm data.man_down_alarm.speed_dial data.man_down_alarm.speed_dial.loudspeaker data.man_down_alarm.indication data.man_down_alarm.prealarm_indication data.man_down_alarm.prealarm_4x data.man_down_alarm.trigger_time data.man_down_alarm.prealarm_trigger_time data.screen_lock data.screen_lock.active data.screen_lock.auto_lock_time data.screen_lock.unlock_attempts data.screen_lock.minimum_pin_length data.screen_lock.pin data.menu_main data.menu_main.phonebook data.menu_main.call_register data.menu_main.messages data.menu_main.msf_functions data.menu_main.external_services data.menu_main.presence data.menu_main.status data.menu_main.settings data.menu_phonebook data.menu_phonebook.find data.menu_phonebook.add data.menu_phonebook.speed_dial data.menu_phonebook.delete data.menu_call_register data.menu_call_register.incoming data.menu_call_register.outgoing data.menu_call_register.missed data.menu_call_register.delete data.menu_messages data.menu_messages.new data.menu_messages.inbox data.menu_messages.outbox data.menu_messages.erase data.menu_messages.templates data.menu_messages.task data.menu_status data.menu_status.silent_mode data.menu_status.headset data.menu_status.auto_answer data.menu_status.economy_mode data.menu_status.battery data.menu_status.ringing_tone data.menu_status.ringing_volume data.menu_status.rssi data.menu_status.survey data.menu_status.general_information data.menu_settings data.menu_settings.ringing_volume data.menu_settings.ringing_tone data.menu_settings.alert_volume data.menu_settings.vibrate data.menu_settings.silent_mode data.menu_settings.auto_key_lock data.menu_settings.backlight data.menu_settings.auto_answer data.menu_settings.out_of_range data.menu_settings.missed_calls data.menu_settings.absent_in_charger data.menu_settings.bluetooth data.menu_settings.advanced data.menu_backlight data.menu_backlight.on_off data.menu_backlight.settings data.menu_silent_mode data.menu_silent_mode.on_off data.menu_silent_mode.settings data.menu_auto_answer data.menu_auto_answer.on_off data.menu_auto_answer.settings data.menu_out_of_range data.menu_out_of_range.on_off data.menu_out_of_range.settings data.menu_advanced data.menu_advanced.language data.menu_advanced.headset data.menu_advanced.hearing_aid_compatibility data.menu_advanced.microphone_gain data.menu_advanced.long_key data.menu_advanced.economy_mode data.menu_advanced.alarms data.menu_advanced.master_handset data.menu_advanced.rolling_tasks data.menu_advanced.login data.menu_advanced.time_and_date data.menu_advanced.minimum_ring_time data.menu_advanced.compatibility data.menu_advanced.handover_profile data.menu_advanced.local_tones data.menu_advanced.message_list_content data.menu_advanced.noisy_environment data.menu_advanced.flash_led_on_call data.menu_advanced.msf_tones_in_a_call data.menu_advanced.dect_security data.menu_advanced.screen_lock data.menu_advanced.echo_canceller data.menu_headset data.menu_headset.on_off data.menu_headset.settings data.menu_long_key data.menu_long_key.all data.menu_long_key.individual data.menu_long_key_individual data.menu_long_key_individual.key_0 data.menu_long_key_individual.key_1 data.menu_long_key_individual.key_2 data.menu_long_key_individual.key_3 data.menu_long_key_individual.key_4 data.menu_long_key_individual.key_5 data.menu_long_key_individual.key_6 data.menu_long_key_individual.key_7 data.menu_long_key_individual.key_8 data.menu_long_key_individual.key_9 data.menu_alarms data.menu_alarms.alarm_key data.menu_alarms.tear_off data.menu_alarms.running_detector data.menu_alarms.man_down data.menu_screen_lock data.menu_screen_lock.on_off data.menu_screen_lock.settings data.echo_canceller data.echo_canceller.active dectprov site extends vars defaults servers model firmware_version licenses redundant import settings handset_groups firmware_files name mac uuid replaces version from encoding columns ignore where set)' && ret=0
            ;;
        schema)
            _arguments \
                '*--model[only the elements of this model (XSD)]:MODEL:(200 400 6500 vso 2500 8000)' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:KIND:(site config-file report changes config users handset)' && ret=0
            ;;
        completion)
            _arguments \
                '*--servers[print the identities of the servers below this folder; the scripts use it for --server]' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:SHELL:(bash zsh fish)' && ret=0
            ;;
        lsp)
            _arguments \
                '*--stdio[use standard input and output, which is the default]' \
                '*--baseline[hide the findings recorded in FILE, and offer to record others in it]:FILE:_files' \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*::_files' && ret=0
            ;;
        help)
            _arguments \
                '*--color[colour in what is printed\: auto, always or never]:WHEN:(auto always never)' \
                '*--config[use this file instead of the nearest .dectprov.yaml]:FILE:_files' \
                '*--no-config[read no .dectprov.yaml]' \
                '*-j[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*--jobs[work on N servers at a time (default\: the number of cores)]:N: ' \
                '*-q[leave out counts and progress]' \
                '*--quiet[leave out counts and progress]' \
                '*--server[only this MAC address or UUID (repeatable)]:ID:{compadd -- $(dectprov completion --servers 2> /dev/null)}' \
                '*--allow-outside[let inputs use files in this folder, outside their repository (repeatable)]:DIR:_files' \
                '*-h[print this help]' \
                '*--help[print this help]' \
                '*--version[print the version and the edition of the guide that it follows]' \
                '*:COMMAND:(lint render generate diff preview import probe explain schema completion lsp help)' && ret=0
            ;;
        esac
        ;;
    esac
    return ret
}
if [[ $funcstack[1] == _dectprov ]]; then
    _dectprov "$@"
else
    compdef _dectprov dectprov
fi
