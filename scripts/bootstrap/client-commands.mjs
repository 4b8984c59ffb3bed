/** Commands that talk to a server over HTTP: they run where they were called. All others work on this installation, in its folder. */
export const CLIENT_COMMANDS = ["login", "logout", "whoami", "push", "builds", "logs", "cancel", "rebuild", "deploy", "chains", "artifacts", "open", "help"];
