using System.Net.Sockets;
using Azure;
using Microsoft.Extensions.Options;
using Vbs.Restores;

namespace VbsTool;

public sealed class FailuresTests
{
    public static TheoryData<Exception, string> Cases => new()
    {
        { new ToolException("No."), "No." },
        { new RestoreFaultException(RestoreFault.Data("Broken.")), "Broken." },
        { new InvalidDataException("Record 1: 'size' is missing."), "Record 1: 'size' is missing." },
        { new IOException("No space left on device : '/mnt/disk.raw'"), "No space left on device : '/mnt/disk.raw'" },
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), "Access to the path '/x' is denied." },
        { new OptionsValidationException("", typeof(object), ["One.", "Two."]), "One. Two." },
        { new RequestFailedException(403, "Refused.\nRequestId: 1", "AuthorizationFailure", null), "Storage refused with 403 AuthorizationFailure: Refused." },
        { new RequestFailedException(412, "x", "ConditionNotMet", null), "It changed while it was being read: try again." },
        { Unreachable(), "Storage cannot be reached: refused" },
        { new AggregateException(Unreachable(), Unreachable()), "Storage cannot be reached: refused" },
        { new ArgumentException("Odd.\nMore."), "Unexpected ArgumentException: Odd." },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_failure_is_one_sentence(Exception failure, string sentence) => Assert.Equal(sentence, Failures.Describe(failure));

    private static RequestFailedException Unreachable() => new("Retry failed", new HttpRequestException("x", new TestSocketException("refused")));

    private sealed class TestSocketException(string message) : SocketException
    {
        public override string Message => message;
    }
}
