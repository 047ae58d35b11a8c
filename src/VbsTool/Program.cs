using VbsTool;

return await CommandLine.RunAsync(args, () => Settings.Read(AppContext.BaseDirectory), new Terminal(Console.Out, Console.Error), CancellationToken.None);
