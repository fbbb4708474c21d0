/* A service that runs until it is told to stop; its file has a version resource. */
#include <windows.h>

static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwControlsAccepted = SERVICE_ACCEPT_STOP};
static HANDLE stop;

static DWORD WINAPI control(DWORD code, DWORD type, void *data, void *context) {
    (void)type;
    (void)data;
    (void)context;
    if (code == SERVICE_CONTROL_STOP) SetEvent(stop);
    return NO_ERROR;
}

static void WINAPI serve(DWORD count, LPWSTR *arguments) {
    (void)count;
    (void)arguments;
    stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    handle = RegisterServiceCtrlHandlerExW(L"KhienTestRunning", control, NULL);
    status.dwCurrentState = SERVICE_RUNNING;
    SetServiceStatus(handle, &status);
    WaitForSingleObject(stop, INFINITE);
    status.dwCurrentState = SERVICE_STOPPED;
    SetServiceStatus(handle, &status);
}

int main(void) {
    SERVICE_TABLE_ENTRYW table[] = {{(LPWSTR)L"KhienTestRunning", serve}, {NULL, NULL}};
    return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
