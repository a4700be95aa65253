// The slice of Tauri's global that the page uses (`withGlobalTauri`); only `ipc.js` may name it.

interface TauriChannel<T> {
  onmessage: (message: T) => void;
}

interface TauriGlobal {
  core: {
    invoke<R>(command: string, args?: Record<string, unknown>): Promise<R>;
    Channel: new <T>() => TauriChannel<T>;
  };
  event: {
    listen<P>(event: string, handler: (event: { payload: P }) => void): Promise<() => void>;
  };
}

interface Window {
  __TAURI__: TauriGlobal;
}
