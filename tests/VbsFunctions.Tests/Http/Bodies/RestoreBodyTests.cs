using System.Text;
using Vbs.Restores;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Tests.Http.Bodies;

public sealed class RestoreBodyTests
{
    private static readonly VolumeId Volume = VolumeId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    [Theory]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("6BA7B810-9DAD-11D1-80B4-00C04FD430C8")]
    [InlineData("6ba7b8109dad11d180b400c04fd430c8")]
    [InlineData("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}")]
    [InlineData("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("6-ba7b8109dad11d180b400c04fd430c-8")]
    public void A_volume_id_is_read_in_every_form_that_oslo_takes(string volumeId)
    {
        var (body, fault) = Read($$$"""{"restore":{"volume_id":"{{{volumeId}}}","name":null}}""", v2: true);

        Assert.Null(fault);
        Assert.Equal(new RestoreBody(Volume, null), body);
    }

    [Fact]
    public void A_name_beside_a_volume_id_is_read_and_means_nothing()
    {
        var (body, _) = Read("""{"restore":{"volume_id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","name":"x"}}""", v2: true);

        Assert.Equal(new RestoreBody(Volume, "x"), body);
    }

    [Theory]
    [InlineData("""{"restore":{}}""", "Invalid input for field/attribute restore. Value: {}. 'volume_id' is a required property")]
    [InlineData("""{"restore":{"name":"x"}}""", "Invalid input for field/attribute restore. Value: {'name': 'x'}. 'volume_id' is a required property")]
    [InlineData("""{"restore":{"volume_id":null}}""", "Invalid input for field/attribute volume_id. Value: None. None is not of type 'string'")]
    public void On_v2_a_volume_id_is_mandatory_and_on_v3_it_is_not(string text, string message)
    {
        Assert.Equal(new Fault(400, message, "VolumeBackup.0208"), Read(text, v2: true).Fault);

        var (body, fault) = Read(text, v2: false);
        Assert.Null(fault);
        Assert.NotNull(body);
        Assert.Null(body.VolumeId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restore_of_null_is_refused_where_cinder_fails(bool v2)
    {
        var fault = Read("""{"restore":null}""", v2).Fault;

        Assert.Equal(
            new Fault(400, "Invalid input for field/attribute restore. Value: None. None is not of type 'object'", "VolumeBackup.0210"), fault);
    }

    [Theory]
    [InlineData("[]", "VolumeBackup.0210")]
    [InlineData("{}", "VolumeBackup.0210")]
    [InlineData("""{"restore":{"name":5}}""", "VolumeBackup.0210")]
    [InlineData("""{"restore":{"x":1,"volume_id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}}""", "VolumeBackup.0210")]
    [InlineData("""{"restore":{"volume_id":"abc"}}""", "VolumeBackup.0208")]
    [InlineData("""{"restore":{"volume_id":" 6ba7b810-9dad-11d1-80b4-00c04fd430c8"}}""", "VolumeBackup.0208")]
    public void A_fault_names_what_is_wrong_by_its_vbs_code(string text, string code) =>
        Assert.Equal(code, Read(text, v2: true).Fault?.ErrorCode);

    private static (RestoreBody? Body, Fault? Fault) Read(string text, bool v2)
    {
        Assert.True(JsonBody.TryRead(Encoding.UTF8.GetBytes(text), out var json));
        return RestoreBody.Read(json, v2);
    }
}
