/// The official appendix: 32 units, 5,037 seats in all, activated on 2023-10-13.
enum OfficialAppendix {
    /// A units file; see `UnitsFile`.
    static let text = """
        # total: 5037
        code\tgroup\tname\tseats
        vp-ubnd\tdepartment\tVăn phòng UBND Tỉnh\t65
        vp-hdnd\tdepartment\tVăn phòng HĐND Tỉnh\t24
        thanh-tra\tdepartment\tThanh tra tỉnh\t42
        so-cong-thuong\tdepartment\tSở Công Thương\t50
        so-noi-vu\tdepartment\tSở Nội vụ\t64
        so-tttt\tdepartment\tSở Thông tin và Truyền thông\t26
        so-khdt\tdepartment\tSở Kế hoạch và Đầu tư\t39
        so-ldtbxh\tdepartment\tSở Lao động - Thương binh và Xã hội\t50
        so-tu-phap\tdepartment\tSở Tư pháp\t35
        so-nnptnt\tdepartment\tSở Nông nghiệp & Phát triển nông thôn\t180
        so-gtvt\tdepartment\tSở Giao thông Vận tải\t71
        so-khcn\tdepartment\tSở Khoa học và Công nghệ\t42
        so-vhttdl\tdepartment\tSở Văn hóa, Thể thao và Du lịch\t62
        so-tnmt\tdepartment\tSở Tài nguyên và Môi trường\t61
        so-xay-dung\tdepartment\tSở Xây dựng\t55
        so-gddt\tdepartment\tSở Giáo dục và Đào tạo\t56
        so-tai-chinh\tdepartment\tSở Tài chính\t65
        so-ngoai-vu\tdepartment\tSở Ngoại vụ\t15
        so-y-te\tdepartment\tSở Y tế\t50
        bql-kkt\tdepartment\tBan Quản lý Khu kinh tế\t25
        tp-cao-lanh\tdistrict\tThành phố Cao Lãnh\t330
        tp-sa-dec\tdistrict\tThành phố Sa Đéc\t330
        tp-hong-ngu\tdistrict\tThành phố Hồng Ngự\t330
        h-tam-nong\tdistrict\tHuyện Tam Nông\t330
        h-cao-lanh\tdistrict\tHuyện Cao Lãnh\t330
        h-thap-muoi\tdistrict\tHuyện Tháp Mười\t330
        h-lap-vo\tdistrict\tHuyện Lấp Vò\t330
        h-chau-thanh\tdistrict\tHuyện Châu Thành\t330
        h-hong-ngu\tdistrict\tHuyện Hồng Ngự\t330
        h-lai-vung\tdistrict\tHuyện Lai Vung\t330
        h-thanh-binh\tdistrict\tHuyện Thanh Bình\t330
        h-tan-hong\tdistrict\tHuyện Tân Hồng\t330
        """
}
