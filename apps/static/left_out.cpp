// SPDX-License-Identifier: MIT
// What a fully linked program leaves out of libxml2, which asks ICU for encodings and has clients for HTTP
// and FTP. The program decodes texts before libxml2 sees them, and gives it bytes, never a name: none of this
// is ever called. ICU would add 31 MB of tables, and the clients code that can open a connection, which this
// program must not have.
#include <libxml/nanoftp.h>
#include <libxml/nanohttp.h>
#include <unicode/ucnv.h>

extern "C" {

void ucnv_close(UConverter* /*converter*/) {}
UConverter* ucnv_open(const char* /*name*/, UErrorCode* error) {
    *error = U_FILE_ACCESS_ERROR;
    return nullptr;
}
void ucnv_convertEx(UConverter* /*to*/, UConverter* /*from*/, char** /*target*/, const char* /*target_limit*/,
                    const char** /*source*/, const char* /*source_limit*/, UChar* /*pivot_start*/,
                    UChar** /*pivot_source*/, UChar** /*pivot_target*/, const UChar* /*pivot_limit*/,
                    UBool /*reset*/, UBool /*flush*/, UErrorCode* error) {
    *error = U_UNSUPPORTED_ERROR;
}
void ucnv_setFromUCallBack(UConverter* /*converter*/, UConverterFromUCallback /*action*/,
                           const void* /*context*/, UConverterFromUCallback* /*old_action*/,
                           const void** /*old_context*/, UErrorCode* error) {
    *error = U_UNSUPPORTED_ERROR;
}
void ucnv_setToUCallBack(UConverter* /*converter*/, UConverterToUCallback /*action*/, const void* /*context*/,
                         UConverterToUCallback* /*old_action*/, const void** /*old_context*/,
                         UErrorCode* error) {
    *error = U_UNSUPPORTED_ERROR;
}
void UCNV_FROM_U_CALLBACK_STOP(const void* /*context*/, UConverterFromUnicodeArgs* /*arguments*/,
                               const UChar* /*units*/, int32_t /*length*/, UChar32 /*point*/,
                               UConverterCallbackReason /*reason*/, UErrorCode* error) {
    *error = U_UNSUPPORTED_ERROR;
}
void UCNV_TO_U_CALLBACK_STOP(const void* /*context*/, UConverterToUnicodeArgs* /*arguments*/,
                             const char* /*units*/, int32_t /*length*/, UConverterCallbackReason /*reason*/,
                             UErrorCode* error) {
    *error = U_UNSUPPORTED_ERROR;
}

void* xmlNanoFTPOpen(const char* /*url*/) { return nullptr; }
int xmlNanoFTPRead(void* /*context*/, void* /*to*/, int /*length*/) { return -1; }
int xmlNanoFTPClose(void* /*context*/) { return -1; }

void* xmlNanoHTTPOpen(const char* /*url*/, char** /*content_type*/) { return nullptr; }
void* xmlNanoHTTPMethod(const char* /*url*/, const char* /*method*/, const char* /*input*/,
                        char** /*content_type*/, const char* /*headers*/, int /*length*/) {
    return nullptr;
}
int xmlNanoHTTPRead(void* /*context*/, void* /*to*/, int /*length*/) { return -1; }
void xmlNanoHTTPClose(void* /*context*/) {}
int xmlNanoHTTPReturnCode(void* /*context*/) { return -1; }
const char* xmlNanoHTTPRedir(void* /*context*/) { return nullptr; }
const char* xmlNanoHTTPEncoding(void* /*context*/) { return nullptr; }
const char* xmlNanoHTTPMimeType(void* /*context*/) { return nullptr; }

}  // extern "C"
