namespace VbsTool;

/// <summary>Ends a command with exit code 1 and its message: one sentence for the person who typed it.</summary>
internal sealed class ToolException(string sentence) : Exception(sentence);
